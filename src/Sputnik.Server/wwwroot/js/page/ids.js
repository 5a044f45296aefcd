/** 128 random bits in hex. crypto.randomUUID is there only on localhost and over TLS. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
