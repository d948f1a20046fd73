// An element with its class and what is in it.
export function make(tag, css, ...children) {
  const element = document.createElement(tag);
  if (css) element.className = css;
  element.append(...children);
  return element;
}
