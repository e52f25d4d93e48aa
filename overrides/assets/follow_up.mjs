/**
 * From what stands on the answer page to a follow-up (WIRE.md 5.4). Pure: field values in, values out; it touches neither
 * the page nor the network.
 */
import { JSON_MAX_BYTES, encodeComplaint, isBlank, toHex } from './wire.mjs';

const PURPOSES = ['act', 'count', 'quote', 'pass_on']; // WIRE.md 5.4

/**
 * @param {FormData} fields
 * @param {{complaintId: string, formLanguage: string, keys: {replyKey: Uint8Array, tagKey: Uint8Array}}} context
 * @returns {Record<string, any>} what was left blank is left out
 */
export function followUpFrom(fields, { complaintId, formLanguage, keys }) {
  const ask = String(fields.get('ask'));
  const story = String(fields.get('words') ?? '');
  return {
    schema: 2,
    complaint_id: complaintId,
    form_language: formLanguage,
    reply_key: toHex(keys.replyKey),
    tag_key: toHex(keys.tagKey),
    ask,
    ...(isBlank(story) ? {} : { story }),
    ...(ask === 'withdraw' ? { withdraw: PURPOSES.filter((purpose) => fields.getAll('withdraw').includes(purpose)) } : {}),
  };
}

/** @param {Record<string, any>} followUp @returns {string[]} what must change before it can be sent, in the order of the page */
export function problemsOf(followUp) {
  return [
    ...(followUp.withdraw?.length === 0 ? ['withdraw'] : []),
    ...(followUp.ask === 'write' && !followUp.story ? ['words'] : []),
    ...(encodeComplaint(followUp).length > JSON_MAX_BYTES ? ['room'] : []),
  ];
}
