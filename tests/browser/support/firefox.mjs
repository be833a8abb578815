// Firefox ESR, driven by WebDriver BiDi.
import puppeteer from 'puppeteer-core';
import { Shelf } from './shelf.mjs';

const executablePath = process.env.SOTTO_FIREFOX ?? '/usr/bin/firefox-esr';

const preferences = {
  // No question before getUserMedia, and devices although the machine has none.
  'media.navigator.permission.disabled': true,
  'media.navigator.streams.fake': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // Without a name server nobody resolves an mDNS candidate.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // Nothing of its own on the network, no downloads of codecs.
  'app.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'toolkit.telemetry.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
};

// `tone`: what the fake microphone plays, in Hz; Firefox rounds it to whole samples a period.
export async function launchFirefox({ tone = 440 } = {}) {
  return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, defaultViewport: null,
    timeout: 60_000, protocolTimeout: 120_000, extraPrefsFirefox: { ...preferences, 'media.navigator.audio.fake_frequency': tone } });
}

const shelf = new Shelf(launchFirefox);

// As with chromium.mjs: nobody else has it before it is given back.
export const takeFirefox = (options) => shelf.take(options);
export const giveFirefoxBack = (browser) => shelf.giveBack(browser);
