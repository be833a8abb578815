// Keys that the app hands out. worker.js loads this file, unless the page has said that it brings a
// room link.
export { ExternalKeys } from './external_keys.js';
