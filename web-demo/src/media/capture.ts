// getUserMedia with our constraints. `?capture=320x180@15` makes it cheaper, for tests.

export interface CaptureSize {
  width: number;
  height: number;
  frameRate: number;
}

const DEFAULT_SIZE: CaptureSize = {width: 1280, height: 720, frameRate: 30};

export function captureFromQuery(search: string): CaptureSize {
  const match = /^(\d{2,4})x(\d{2,4})@(\d{1,2})$/.exec(new URLSearchParams(search).get('capture') ?? '');
  return match ? {width: Number(match[1]), height: Number(match[2]), frameRate: Number(match[3])} : DEFAULT_SIZE;
}

export function audioConstraints(deviceId: string): MediaTrackConstraints {
  return {
    echoCancellation: true, noiseSuppression: true, autoGainControl: true,
    ...deviceId ? {deviceId: {exact: deviceId}} : {},
  };
}

export function videoConstraints(deviceId: string, size: CaptureSize): MediaTrackConstraints {
  return {
    width: {ideal: size.width}, height: {ideal: size.height}, frameRate: {ideal: size.frameRate},
    ...deviceId ? {deviceId: {exact: deviceId}} : {facingMode: {ideal: 'user'}},
  };
}

export function captureSupported(): boolean {
  return window.isSecureContext && navigator.mediaDevices?.getUserMedia !== undefined;
}

export function screenShareSupported(): boolean {
  return window.isSecureContext && navigator.mediaDevices !== undefined && 'getDisplayMedia' in navigator.mediaDevices;
}
