/**
 * From what stands in the form to a complaint (WIRE.md 5), and how much room is left for it. Pure: field values in,
 * values out; it touches neither the page nor the network.
 */
import { JSON_MAX_BYTES, RECEIVERS, TOPICS, encodeComplaint, isBlank, toHex } from './wire.mjs';

const UNSAID = 'unsaid'; // the choice "I would rather not say" is sent as nothing

/** @returns {string} a new complaint id, WIRE.md 5 */
export function newComplaintId() {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * @param {FormData} fields
 * @param {{complaintId: string, formLanguage: string}} context
 * @returns {Record<string, any>} what was left blank is left out
 */
export function complaintFrom(fields, { complaintId, formLanguage }) {
  const one = (/** @type {string} */ name) => {
    const value = String(fields.get(name) ?? '');
    return isBlank(value) || value === UNSAID ? undefined : value;
  };
  const topics = TOPICS.filter((topic) => fields.getAll('topics').includes(topic));
  return withoutBlanks({
    schema: 1,
    complaint_id: complaintId,
    form_language: formLanguage,
    role: one('role'),
    wish: one('wish'),
    topics: topics.length > 0 ? topics : undefined,
    municipality: one('municipality'),
    period: one('period'),
    pass_on: passOn(fields),
    consent: consent(fields),
    address_as: one('address_as'),
    answerer: one('answerer'),
    reply_language: one('reply_language'),
    contact: one('contact'),
    story: String(fields.get('story') ?? ''),
  });
}

/** @param {FormData} fields */
function passOn(fields) {
  const scope = String(fields.get('scope') ?? 'nobody');
  const to = RECEIVERS.filter((receiver) => fields.getAll('to').includes(receiver));
  return { scope, to: scope === 'nobody' ? [] : to };
}

/** @param {FormData} fields */
function consent(fields) {
  const given = (/** @type {string} */ purpose) => fields.get(`consent_${purpose}`) === 'yes';
  return { store: given('store'), act: given('act'), count: given('count'), quote: given('quote') };
}

/** Code points each text may have, WIRE.md 5. */
const LIMITS = { municipality: 80, address_as: 200, contact: 500 };

/**
 * What she must change before this can be sent. Each name has its own sentence beside the field.
 * @param {Record<string, any>} complaint
 * @returns {string[]} in the order of the form
 */
export function problemsOf(complaint) {
  const isLong = (/** @type {[string, number]} */ [name, limit]) => [...(complaint[name] ?? '')].length > limit;
  const { scope, to } = complaint.pass_on;
  return [
    ...(isBlank(complaint.story) ? ['story-blank'] : []),
    ...(roomLeft(complaint) < 0 ? ['story-room'] : []),
    ...(scope !== 'nobody' && to.length === 0 ? ['receivers'] : []),
    ...(complaint.consent.store ? [] : ['store']),
    ...Object.entries(LIMITS).filter(isLong).map(([name]) => `${name}-long`),
  ];
}

/** @param {Record<string, any>} complaint */
function withoutBlanks(complaint) {
  return Object.fromEntries(Object.entries(complaint).filter(([, value]) => value !== undefined));
}

/**
 * Room is counted in encoded bytes: a letter takes one byte in Latin script, two in Cyrillic or Arabic, three in Thai.
 * @param {Record<string, any>} complaint
 * @returns {number} share of the room that is left, 1 to 0; below 0 when it does not fit
 */
export function roomLeft(complaint) {
  const empty = encodeComplaint({ ...complaint, story: '' }).length;
  return (JSON_MAX_BYTES - encodeComplaint(complaint).length) / (JSON_MAX_BYTES - empty);
}

/**
 * Splits the story where the room ends, never inside a character as a reader sees it.
 * @param {Record<string, any>} complaint
 * @returns {{fits: string, rest: string}}
 */
export function splitStory(complaint) {
  let room = JSON_MAX_BYTES - encodeComplaint({ ...complaint, story: '' }).length;
  let end = 0;
  for (const piece of pieces(complaint.story)) {
    room -= encodeComplaint({ piece }).length - encodeComplaint({ piece: '' }).length;
    if (room < 0) break;
    end += piece.length;
  }
  return { fits: complaint.story.slice(0, end), rest: complaint.story.slice(end) };
}

/** @param {string} text @returns {Iterable<string>} */
function pieces(text) {
  if (!Intl.Segmenter) return text;
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
