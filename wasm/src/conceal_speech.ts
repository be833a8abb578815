// Encrypted speech still shows in the sizes of its packets: an encoder of variable rate spends fewer
// bytes on a pause than on a vowel, enough to recognize phrases (RFC 6562), and the audio level
// extension says it outright.

const AUDIO_LEVELS = ['urn:ietf:params:rtp-hdrext:ssrc-audio-level', 'urn:ietf:params:rtp-hdrext:csrc-audio-level'];
/** RFC 7587, section 6.1: constant bitrate, and packets in silence as in speech. */
const CONSTANT = { cbr: '1', usedtx: '0' };

/**
 * Makes all audio of a connection alike on the wire, speech or silence: Opus at a constant bitrate,
 * no DTX, no audio level. Call it before the first negotiation.
 *
 * It does not hide that somebody sends at all, when a track is stopped or replaced, video (whose
 * sizes follow the picture), or how the bitrate follows the network. For what others send, they must
 * call it too.
 */
export function concealSpeech(connection: RTCPeerConnection): void {
  const setRemote = connection.setRemoteDescription.bind(connection);
  const setLocal = connection.setLocalDescription.bind(connection);
  // How we encode is governed by what the remote description asks for.
  connection.setRemoteDescription = (description: RTCSessionDescriptionInit) =>
    setRemote(concealSpeechIn(description));
  connection.setLocalDescription = (description?: RTCLocalSessionDescriptionInit) => {
    connection.getTransceivers().forEach(withoutAudioLevel);
    return description === undefined ? setLocal() : setLocal(description);
  };
}

/**
 * A description that asks for such audio. Of a remote description it changes what we send; of a local
 * one, on its way to the others, what they send to us.
 */
export function concealSpeechIn<T extends { sdp?: string }>(description: T): T {
  if (description.sdp === undefined) return description;
  const { sdp } = description;
  return { ...description, type: (description as { type?: string }).type, sdp: inSections(sdp) } as T;
}

function inSections(sdp: string): string {
  return sdp
    .split(/(?=^m=)/m)
    .map((section) => (section.startsWith('m=audio') ? withConstantOpus(withoutLevels(section)) : section))
    .join('');
}

function withoutLevels(section: string): string {
  const kept = section
    .split('\r\n')
    .filter((line) => !(line.startsWith('a=extmap:') && AUDIO_LEVELS.includes(line.split(' ')[1] ?? '')));
  return kept.join('\r\n');
}

function withConstantOpus(section: string): string {
  const types = [...section.matchAll(/^a=rtpmap:(\d+) opus\//gim)].map((match) => match[1]!);
  let result = section;
  for (const type of types) {
    const line = new RegExp(`^a=fmtp:${type} (.*)$`, 'm');
    const found = line.exec(result)?.[1]?.trim();
    const parameters = new Map(found?.split(';').map((parameter) => parameter.trim().split('=', 2) as [string, string]));
    for (const [name, value] of Object.entries(CONSTANT)) parameters.set(name, value);
    const text = `a=fmtp:${type} ${[...parameters].map((pair) => pair.join('=')).join(';')}`;
    result =
      found === undefined
        ? result.replace(new RegExp(`^(a=rtpmap:${type} .*)$`, 'm'), `$1\r\n${text}`)
        : result.replace(line, text);
  }
  return result;
}

interface HeaderExtension {
  uri: string;
  direction: string;
}

/** Newer than TypeScript's DOM library. */
interface NegotiatesExtensions {
  getHeaderExtensionsToNegotiate?(): HeaderExtension[];
  setHeaderExtensionsToNegotiate?(extensions: HeaderExtension[]): void;
}

function withoutAudioLevel(transceiver: RTCRtpTransceiver & NegotiatesExtensions): void {
  const extensions = transceiver.getHeaderExtensionsToNegotiate?.();
  if (extensions === undefined || transceiver.receiver.track.kind !== 'audio') return;
  transceiver.setHeaderExtensionsToNegotiate?.(
    extensions.map((extension) =>
      AUDIO_LEVELS.includes(extension.uri) ? { uri: extension.uri, direction: 'stopped' } : extension,
    ),
  );
}
