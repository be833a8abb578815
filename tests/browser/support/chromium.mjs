// One Chromium a participant, because the fake camera's and microphone's files are flags.
import { chromium } from 'playwright-core';
import { audioClip, videoClip } from './clips.mjs';
import { Shelf } from './shelf.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
  '--mute-audio', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection',
  '--disable-dev-shm-usage', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'];

export const executablePath = process.env.SOTTO_CHROMIUM ?? '/usr/bin/chromium';

export async function launch({ id, args = [], permissions = true } = {}) {
  const own = id === undefined ? []
    : [`--use-file-for-fake-video-capture=${videoClip(id)}`, `--use-file-for-fake-audio-capture=${audioClip(id)}`];
  const base = permissions ? flags : flags.filter((flag) => flag !== '--use-fake-ui-for-media-stream');
  return chromium.launch({ executablePath, headless: true, timeout: 60_000, args: [...base, ...own, ...args] });
}

const shelf = new Shelf(launch);

// One that nobody else has before it is given back, with these devices; perhaps of an earlier test. What
// a page keeps is its context's, which is to be a new one.
export const takeChromium = (options) => shelf.take(options);
export const giveChromiumBack = (browser) => shelf.giveBack(browser);
