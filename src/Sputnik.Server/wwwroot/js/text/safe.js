import DOMPurify from '../../vendor/dompurify-3.4.18/purify.es.mjs';

/** All that an answer is made of. No images, forms, styles, ids or data attributes: an answer can neither load nor cover anything. */
const ALLOWED = {
  ALLOWED_TAGS: [
    'a', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'span', 'strong',
    'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
  ],
  ALLOWED_ATTR: ['href', 'class', 'start', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const CLASSES = /^(?:language-[\w#+-]{1,20}|maths|display|hljs-[\w-]{1,30}|[a-z]+_)$/;

const purify = DOMPurify(window);

purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.hasAttribute('class')) {
    const kept = [...node.classList].filter((name) => CLASSES.test(name));
    node.setAttribute('class', kept.join(' '));
  }
  if (node.tagName === 'A') {
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer nofollow');
  }
});

/** HTML as a fragment that can do no harm. */
export const safe = (html) => purify.sanitize(html, ALLOWED);
