/**
 * What the libraries ask for and our oldest browsers have not: the build puts this in its place (overrides/press/bundle.py).
 * Nothing is added to the page's own objects, and it imports nothing.
 */

/** @param {object} object @param {PropertyKey} name Object.hasOwn, of 2021 */
export const hasOwn = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
