// What a token's refusal means to the person who came with it.

import type {TokenRefusal} from '../signaling/protocol.js';

const ASK = 'Ask whoever invited you for a new link.';
const NOT_OURS = 'Your invitation is not for this server';

export const TOKEN_WORDS: Record<TokenRefusal, {title: string; text: string}> = {
  'token-required': {
    title: 'This room needs a personal invitation',
    text: 'Whoever runs this server admits people by a token in their link, and your link has none. Ask whoever invited you for a link of your own.',
  },
  'token-malformed': {
    title: 'Your invitation cannot be read',
    text: `The token in your link is damaged or incomplete. Open the whole link once more. ${ASK}`,
  },
  'token-algorithm': {title: NOT_OURS, text: `The token in your link is signed in a way that this server does not take. ${ASK}`},
  'token-key': {title: NOT_OURS, text: `This server does not know the key that the token in your link names. ${ASK}`},
  'token-signature': {title: NOT_OURS, text: `The signature of the token in your link is not right: it was altered, or made by somebody else. ${ASK}`},
  'token-audience': {title: NOT_OURS, text: `The token in your link was made for another service. ${ASK}`},
  'token-issuer': {title: NOT_OURS, text: `This server does not take invitations from whoever made yours. ${ASK}`},
  'token-tenant': {title: NOT_OURS, text: `The token in your link belongs to another organisation. ${ASK}`},
  'token-expired': {title: 'Your invitation has expired', text: ASK},
  'token-not-yet-valid': {
    title: 'Your invitation is not valid yet',
    text: 'It has a time from which on it admits, and that has not come. Try again then.',
  },
  'token-room': {title: 'Your invitation is for another room', text: `The token in your link does not admit to this one. ${ASK}`},
  'token-busy': {
    title: 'The server is busy',
    text: 'It has checked too many invitations from your network just now. Try again in a minute.',
  },
};
