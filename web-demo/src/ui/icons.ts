// Line icons, 24 units square, drawn for this page. Decorative: the control carries the label.

const PATHS = {
  microphone: ['M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3Z', 'M5.5 11a6.5 6.5 0 0 0 13 0', 'M12 17.5V21', 'M8.5 21h7'],
  microphoneOff: ['M9 9.5V11a3 3 0 0 0 4.8 2.4', 'M15 10.5V6a3 3 0 0 0-5.9-.8', 'M5.5 11a6.5 6.5 0 0 0 10.3 5.3', 'M18.5 11c0 .9-.2 1.7-.5 2.5', 'M12 17.5V21', 'M8.5 21h7', 'M4 3.5l16 17'],
  camera: ['M4.5 6.5h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2Z', 'M15.5 10.8l6-3.3v9l-6-3.3'],
  cameraOff: ['M6 6.5H4.5a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h9c.6 0 1.1-.2 1.5-.6', 'M10.5 6.5h3a2 2 0 0 1 2 2v3', 'M15.5 10.8l6-3.3v9l-3-1.6', 'M4 3.5l16 17'],
  screen: ['M4 4.5h16a1.5 1.5 0 0 1 1.5 1.5v9.5A1.5 1.5 0 0 1 20 17H4a1.5 1.5 0 0 1-1.5-1.5V6A1.5 1.5 0 0 1 4 4.5Z', 'M8.5 20.5h7', 'M12 14V8', 'M9.3 10.4L12 7.7l2.7 2.7'],
  settings: ['M4 7h9', 'M17 7h3', 'M4 17h3', 'M11 17h9', 'M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z', 'M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z'],
  leave: ['M3.2 14.6c-.7-.9-.6-2.2.3-3C5.700 9.700 8.700 8.600 12 8.600s6.300 1.100 8.500 3c.9.8 1 2.100.3 3l-1 1.200c-.5.7-1.400.8-2.100.4l-2.100-1.200c-.5-.3-.8-.8-.8-1.400v-1.300a10.500 10.500 0 0 0-5.600 0v1.300c0 .6-.3 1.100-.8 1.400l-2.100 1.200c-.7.4-1.600.3-2.100-.4l-1-1.200Z'],
  lock: ['M6.5 10.5h11a1.500 1.500 0 0 1 1.500 1.500v7a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 19v-7a1.500 1.500 0 0 1 1.500-1.500Z', 'M8 10.500V7.500a4 4 0 0 1 8 0v3', 'M12 14.500v2'],
  lockOpen: ['M6.500 10.500h11a1.500 1.500 0 0 1 1.500 1.500v7a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 19v-7a1.500 1.500 0 0 1 1.500-1.500Z', 'M8 10.500V7.500a4 4 0 0 1 7.700-1.500', 'M12 14.500v2'],
  warning: ['M12 4.200L2.800 19.800h18.400L12 4.200Z', 'M12 10v4.500', 'M12 17.200v.1'],
  link: ['M10 14a4 4 0 0 0 5.700 0l3.300-3.300a4 4 0 0 0-5.700-5.700L12 6.300', 'M14 10a4 4 0 0 0-5.700 0L5 13.300a4 4 0 0 0 5.700 5.700l1.300-1.300'],
  check: ['M5 12.500l4.500 4.500L19 7.500'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  eye: ['M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Z', 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z'],
  speaker: ['M4 9.500h3.500L12 5.500v13l-4.500-4H4Z', 'M15.500 9a4.200 4.200 0 0 1 0 6', 'M18 6.500a8 8 0 0 1 0 11'],
  unknown: ['M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z', 'M4.500 20.500c.6-3.700 3.700-6 7.500-6s6.900 2.300 7.500 6'],
  pin: ['M9 4h6l-1 6 3 3H7l3-3-1-6Z', 'M12 13v7'],
  chat: ['M4.500 5h15a1.500 1.500 0 0 1 1.500 1.500v8.500a1.500 1.500 0 0 1-1.500 1.500H11l-4.500 4v-4h-2A1.500 1.500 0 0 1 3 15V6.500A1.500 1.500 0 0 1 4.500 5Z'],
  people: ['M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Z', 'M2.500 19.500c.4-3.300 3.100-5.300 6.500-5.300s6.100 2 6.500 5.300', 'M15.500 5a3.300 3.300 0 0 1 0 6.200', 'M17.500 14.600c2.300.6 3.700 2.400 4 4.900'],
  hand: ['M7.500 12.500V6.200a1.400 1.400 0 0 1 2.800 0V11', 'M10.300 10.500V4.600a1.400 1.400 0 0 1 2.800 0v5.900', 'M13.100 10.700V5.700a1.400 1.400 0 0 1 2.800 0v6', 'M15.900 11.500V8.400a1.400 1.400 0 0 1 2.800 0v6.100c0 4-2.500 6.700-6.200 6.700-2.900 0-4.600-1.200-6-3.700l-2.300-4.100c-.8-1.500 1-2.700 2.100-1.500l1.200 1.600'],
  smile: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z', 'M8.300 14c.9 1.500 2.200 2.200 3.700 2.200s2.800-.7 3.700-2.200', 'M9 9.500v.1', 'M15 9.500v.1'],
  more: ['M5.500 12v.1', 'M12 12v.1', 'M18.500 12v.1'],
  shield: ['M12 3.500l7 2.500v5.500c0 4.300-2.800 7.500-7 9-4.200-1.500-7-4.700-7-9V6l7-2.500Z', 'M8.800 12l2.300 2.300 4.200-4.300'],
  send: ['M4 12L20 4.500 15.500 20l-4-6.500L4 12Z', 'M11.500 13.500L20 4.500'],
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.7',
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true', class: 'icon',
  })) svg.setAttribute(attribute, value);
  svg.dataset['icon'] = name;
  drawIcon(svg, name);
  return svg;
}

function drawIcon(svg: SVGSVGElement, name: IconName): void {
  svg.replaceChildren(...PATHS[name].map((d) => {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    return path;
  }));
}

/** Changes the picture of an icon that is already in the page. */
export function setIcon(holder: Element, name: IconName): void {
  const svg = holder.querySelector<SVGSVGElement>('svg.icon');
  if (!svg) holder.prepend(icon(name));
  else if (svg.dataset['icon'] !== name) {
    svg.dataset['icon'] = name;
    drawIcon(svg, name);
  }
}
