"""What was made is kept with all that its making asked, and used again while no answer differs."""
