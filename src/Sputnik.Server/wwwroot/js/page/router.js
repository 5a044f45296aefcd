/** Where the reader is: `#/` (a new conversation), `#/c/ID`, `#/runs`, `#/runs/NAME`, `#/usage`. */
export function place(hash) {
  const [first, second] = hash.replace(/^#\/?/, '').split('/', 2).map(decode);
  if (first === 'runs') { return { page: 'runs', id: second || null }; }
  if (first === 'usage') { return { page: 'usage', id: null }; }
  return { page: 'chat', id: first === 'c' && second ? second : null };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return ''; // a hash typed by hand: the start of the page
  }
}

let follow = () => undefined;

/** Says what happens on a change of place. */
export function onRoute(action) {
  follow = action;
  addEventListener('hashchange', route);
}

/** Goes where the address says. */
export const route = () => follow(place(location.hash));

/** Goes to a place. */
export function go(hash) {
  if (location.hash === hash || (hash === '#/' && location.hash === '')) { route(); } else { location.hash = hash; }
}

/** The address changes, the page does not: a new conversation got its name. */
export const rename = (hash) => history.replaceState(null, '', hash);
