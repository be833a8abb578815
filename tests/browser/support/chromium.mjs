// One Chromium a participant, because the fake camera's and microphone's files are flags.
import { chromium } from 'playwright-core';
import { audioClip, videoClip } from './clips.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
  '--mute-audio', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection',
  '--disable-dev-shm-usage', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'];

export const executablePath = process.env.SOTTO_CHROMIUM ?? '/usr/bin/chromium';

export async function launch({ id, args = [], permissions = true } = {}) {
  const own = id === undefined ? []
    : [`--use-file-for-fake-video-capture=${videoClip(id)}`, `--use-file-for-fake-audio-capture=${audioClip(id)}`];
  const base = permissions ? flags : flags.filter((flag) => flag !== '--use-fake-ui-for-media-stream');
  return chromium.launch({ executablePath, headless: true, args: [...base, ...own, ...args] });
}
