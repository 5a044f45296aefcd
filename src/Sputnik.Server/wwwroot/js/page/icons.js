/** Lines of 24 × 24 boxes, drawn for this page. */
const PATHS = {
  answer: 'M5 12h14M13 6l6 6-6 6',
  attach: 'M12 5v14M5 12h14',
  chat: 'M4 5h16v11H9l-5 4z',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M9 6l6 6-6 6',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  edit: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  help: 'M9 9a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M12 17v.5',
  left: 'M15 6l-6 6 6 6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  new: 'M12 5v14M5 12h14',
  page: 'M4 5h16v14H4zM4 9h16',
  retry: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  right: 'M9 6l6 6-6 6',
  runs: 'M4 19h16M5 15l5-5 4 3 6-7',
  send: 'M12 19V5M6 11l6-6 6 6',
  settings: 'M4 8h9M17 8h3M4 16h3M11 16h9M13 6v4M7 14v4',
  stop: 'M8 8h8v8H8z',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  usage: 'M5 20v-7M12 20V5M19 20v-10',
};

const SVG = 'http://www.w3.org/2000/svg';

/** A picture that says nothing to a screen reader: the control it stands in has a name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
