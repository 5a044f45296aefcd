/** An element with properties and children. `on…` are listeners; null and false are left out; text is never taken for HTML. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) { continue; }
    if (name.startsWith('on')) { element.addEventListener(name.slice(2), value); }
    else if (name === 'value') { element.value = value; }
    else { element.setAttribute(name, value === true ? '' : value); }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An element of index.html by its id. */
export const byId = (id) => document.getElementById(id);

/** Whether keys go into text here. */
export const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
