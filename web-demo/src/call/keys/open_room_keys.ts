// Which keys a call has. Everybody in a room has the same kind: it stands in the address.

import type {Environment} from '../../signaling/client.js';
import {GroupKeys} from './group_keys.js';
import {LinkKeys} from './link_keys.js';
import type {KeysListener, RoomKeys} from './room_keys.js';

export interface RoomKeysOptions {
  room: string;
  fragment: string;
  keys: 'group' | 'link';
  environment: Environment;
}

export function openRoomKeys(options: RoomKeysOptions, listener: KeysListener): RoomKeys {
  return options.keys === 'link' ? new LinkKeys(options, listener) : new GroupKeys(options, listener);
}
