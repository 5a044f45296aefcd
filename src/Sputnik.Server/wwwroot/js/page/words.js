const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 12,345 */
export const count = (n) => whole.format(n);

/** 12.3K */
export const brief = (n) => short.format(n);

/** 13.4 */
export const tenth = (n) => one.format(n);

/** 1 token, 2 tokens */
export const tokens = (n) => `${count(n)} ${n === 1 ? 'token' : 'tokens'}`;

/** 8 s, 2 min 5 s, 1 h 3 min */
export function duration(seconds) {
  const s = Math.round(seconds);
  if (s < 60) { return `${s} s`; }
  if (s < 3600) { return `${Math.floor(s / 60)} min ${s % 60} s`; }
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** $1.25, or that it is less than a cent. */
export const dollars = (amount) => (amount > 0 && amount < 0.01 ? 'under $0.01' : `$${amount.toFixed(2)}`);

/** A day as people near it say it: Today, Yesterday, or its date. */
export function day(time, now = Date.now()) {
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 86400000);
  if (days <= 0) { return 'Today'; }
  if (days === 1) { return 'Yesterday'; }
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
