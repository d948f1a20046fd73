"""Habits of scripts that nobody here wrote, each first met in a gallery of examples."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from loopbook.runner.record import Record
from loopbook.runner.session import Options, run_folder


def run(folder: Path, text: str, style: str = "house") -> Record:
    """The record of a script with this text."""
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "script.py").write_text(dedent(text), encoding="utf-8")
    session = run_folder(folder / "in", folder / "out", Options(style=style))
    record = session.records["script.py"]
    assert record.problem is None, record.problem
    return record


def drawn(folder: Path, name: str) -> str:
    return (folder / "out/script/figures" / f"{name}.svg").read_text("utf-8")


def test_what_waits_for_a_drawing_may_ask_for_its_pixels(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        """
        import matplotlib.pyplot as plt

        def on_draw(event):
            background = figure.canvas.copy_from_bbox(axes.bbox)
            figure.canvas.get_renderer()
            axes.set_title(f"drawn {type(background).__name__}")

        figure, axes = plt.subplots()
        figure.canvas.mpl_connect("draw_event", on_draw)
        plt.show()
        """,
    )
    assert [figure.name for figure in record.figures] == ["1"]
    assert "drawn BufferRegion" in drawn(tmp_path, "1")


def test_a_figure_that_only_pixels_can_show_is_kept_as_pixels(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        """
        import matplotlib.pyplot as plt
        from matplotlib.artist import Artist

        class OfPixels(Artist):
            def draw(self, renderer):
                renderer.buffer_rgba()

        figure, axes = plt.subplots()
        axes.add_artist(OfPixels())
        plt.show()
        """,
    )
    assert "data:image/webp" in drawn(tmp_path, "1") and "<text" not in drawn(tmp_path, "1")
    assert "A figure is drawn as pixels" in record.stderr


def test_a_figure_that_nothing_can_draw_is_an_error_at_the_scripts_line(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(
        "import matplotlib.pyplot as plt\nplt.title(r'$\\nothing$')\nplt.show()\n"
    )
    record = run_folder(tmp_path, tmp_path / "out").records["script.py"]
    assert record.problem and record.problem.kind == "ValueError" and record.problem.line == 3


@pytest.mark.parametrize(
    "show",
    ["plt.pause(0.001)", "plt.show(block=False)", "plt.gcf().show()", "plt.ion(); plt.show()"],
)
def test_a_figure_shown_without_waiting_is_kept_once_as_it_was_last(
    tmp_path: Path, show: str
) -> None:
    record = run(
        tmp_path,
        f"""
        import matplotlib.pyplot as plt

        plt.plot([1, 2])
        for step in range(3):
            plt.title(f"after {{step}}")
            {show}
        """,
    )
    assert [figure.name for figure in record.figures] == ["1"]
    assert "after 2" in drawn(tmp_path, "1") and "after 0" not in drawn(tmp_path, "1")


def test_of_figures_that_are_closed_those_that_were_seen_are_kept(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        """
        import matplotlib.pyplot as plt

        plt.figure("first")
        plt.show(block=False)
        plt.close()
        plt.figure("second").show()
        plt.close()
        plt.figure("never shown")
        plt.close()
        """,
    )
    assert [figure.name for figure in record.figures] == ["first", "second"]


def test_an_animation_shows_its_first_frame(tmp_path: Path) -> None:
    run(
        tmp_path,
        """
        import matplotlib.pyplot as plt
        from matplotlib.animation import FuncAnimation

        figure, axes = plt.subplots()
        line, = axes.plot([0, 1], [0, 1], animated=True)

        def update(frame):
            axes.set_title(f"frame {frame}")
            return line,

        animation = FuncAnimation(figure, update, frames=9, blit=True)
        plt.show()
        """,
    )
    assert "frame 0" in drawn(tmp_path, "1")


def test_a_label_may_be_a_whole_sentence(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        """
        import matplotlib.pyplot as plt

        plt.figure("How far / how fast? " * 40)
        plt.figure("../\N{SNOWMAN}")
        plt.show()
        """,
    )
    long, odd = (figure.name for figure in record.figures)
    assert long.startswith("How-far-how-fast") and len(long) <= 60
    assert odd == "2"


def test_matplotlibs_own_look_is_left_alone_when_asked_for(tmp_path: Path) -> None:
    text = """
        import matplotlib.pyplot as plt
        from matplotlib.colors import to_hex

        figure, axes = plt.subplots()
        image = axes.imshow([[1, 2], [3, 4]])
        figure.colorbar(image)
        figure.tight_layout()  # no layout of the house is in its way
        print(to_hex("C0"))
        plt.show()
        """
    assert run(tmp_path, text, style="matplotlib").stdout == "#1f77b4\n"
    last = run_folder(tmp_path / "in", tmp_path / "out", Options())
    assert last.ran == ("script.py",)  # the look is part of what a run depends on


def test_a_script_may_choose_a_backend_of_its_own(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        """
        import matplotlib
        matplotlib.use("svg")
        import matplotlib.pyplot as plt

        plt.figure("kept")
        """,
    )
    assert [figure.name for figure in record.figures] == ["kept"]


def test_workers_that_only_wait_for_work_end_with_the_script(tmp_path: Path) -> None:
    text = """
        from joblib import Parallel, delayed

        if __name__ == "__main__":
            print(Parallel(n_jobs=2)(delayed(abs)(i) for i in (-1, -2)))
        """
    assert run(tmp_path, text).stdout == "[1, 2]\n"  # they would wait for minutes


def test_a_layout_asked_for_again_is_the_houses(tmp_path: Path) -> None:
    text = """
        import matplotlib.pyplot as plt

        figure, axes = plt.subplots()
        figure.colorbar(axes.imshow([[1, 2], [3, 4]]))
        {}
        plt.show()
        """
    asked, plain = tmp_path / "asked", tmp_path / "plain"
    for folder, call in ((asked, "plt.tight_layout()"), (plain, "")):
        folder.mkdir()
        assert run(folder, text.format(call)).stderr == ""
    assert drawn(asked, "1") == drawn(plain, "1")


def test_what_drawing_warns_of_is_said_of_the_scripts_line(tmp_path: Path) -> None:
    record = run(
        tmp_path,
        """
        import matplotlib.pyplot as plt
        plt.title("中"); plt.show()
        plt.title("中"); plt.show()

        plt.figure()
        plt.title("中")
        """,
    )
    said = dict.fromkeys(line.partition(": Glyph")[0] for line in record.stderr.splitlines()[::2])
    assert list(said) == [f"script.py:{line}: UserWarning" for line in (3, 4, 6)], record.stderr
    assert record.stderr.splitlines()[1] == '  plt.title("中"); plt.show()'
