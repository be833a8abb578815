// Which of several things is worth the banner: the most urgent one.

import type {Call} from '../call/call.js';
import {sentence} from '../media/problems.js';
import type {Notice} from './banner.js';

export function noticeOf(call: Call, soundBlocked: boolean, unblock: () => void): Notice | null {
  if (call.phase === 'reconnecting') return {kind: 'reconnecting', text: 'The connection was lost. Reconnecting…'};
  if (call.model.wrongKey()) {
    return {kind: 'wrong-key', text: 'This link’s key does not match the people in the room: check that you have the whole link.'};
  }
  if (call.mediaLost) return {kind: 'media', text: 'Sound and pictures are interrupted. Restoring the connection…'};
  if (soundBlocked) {
    return {kind: 'sound', text: 'The browser has not let the page play sound yet.', action: {label: 'Play sound', run: unblock}};
  }
  const {trouble} = call.local;
  for (const kind of ['microphone', 'camera'] as const) {
    if (trouble[kind] === 'unplugged') return {kind: 'device', text: sentence(kind, 'unplugged')};
  }
  return null;
}
