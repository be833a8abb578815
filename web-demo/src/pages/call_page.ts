// The call itself: the stage, the bar above, the controls below, and what speaks up when needed.

import type {Call} from '../call/call.js';
import {Loudspeakers} from '../media/loudspeakers.js';
import {QualityMonitor} from '../media/quality_monitor.js';
import {spokenRoomName} from '../room_name.js';
import type {Announcer} from '../ui/announcer.js';
import {Banner} from '../ui/banner.js';
import {BridgeView} from '../ui/bridge_view.js';
import {copyLinkButton, copyRoomLink} from '../ui/copy_link.js';
import {DeviceChoice} from '../ui/device_choice.js';
import {coalesced, h, setAttribute, setData, setText} from '../ui/dom.js';
import {EnteringNote} from '../ui/entering_note.js';
import {GroupViews} from '../ui/group_views.js';
import {icon, setIcon} from '../ui/icons.js';
import {noticeOf} from '../ui/notices.js';
import {PanelHost} from '../ui/panel.js';
import type {PanelContent} from '../ui/panel.js';
import {peopleButton} from '../ui/people_panel.js';
import {SecurityPanel} from '../ui/security_panel.js';
import {bindShortcuts} from '../ui/shortcuts.js';
import {SpeakingWatch} from '../ui/speaking_watch.js';
import {Stage} from '../ui/stage.js';
import {Toolbar} from '../ui/toolbar.js';
import type {Page} from './lobby_page.js';

const LOCK_ICONS = {encrypted: 'lock', waiting: 'lock', trouble: 'warning', off: 'lockOpen'} as const;

export function callPage(root: HTMLElement, call: Call, loudspeakers: Loudspeakers, announcer: Announcer): Page {
  const stage = new Stage(call, (shown) => call.setShown(shown), () => group?.togglePeople());
  const banner = new Banner();
  const quality = new QualityMonitor(call);
  const speaking = new SpeakingWatch(call, loudspeakers, stage);

  const lockLabel = h('span', {class: 'lock-label'});
  const lock = h('button', {class: 'lock', type: 'button', testid: 'lock', onclick: () => panels.toggle(security)}, icon('lock'), lockLabel);
  const people = peopleButton(() => group?.togglePeople());
  const entering = new EnteringNote();
  const foot = h('footer', {class: 'call-foot'});
  const main = h('main', {class: 'call', testid: 'call'});

  const panels = new PanelHost(() => {
    setAttribute(main, 'data-panel', panels.current);
    redraw();
  });
  const bridge = new BridgeView(call);
  const security = new SecurityPanel(call, () => panels.toggle(bridge));
  const choice = new DeviceChoice(call, (id) => loudspeakers.setSink(id));
  const devices: PanelContent = {testid: 'devices-panel', title: 'Devices', element: choice.element};
  const toolbar = new Toolbar(call, {
    devices: () => panels.toggle(devices), bridge: () => panels.toggle(bridge), leave: () => call.leave(),
  });
  const invite = h('div', {class: 'invite', testid: 'invite'},
      h('p', {class: 'invite-title', text: 'Nobody else is here yet'}),
      h('p', {text: 'Send the link to the people you want to talk to. It holds the key, so send it only to them.'}),
      copyLinkButton(announcer, 'button primary', 'invite-copy'));

  main.append(
      h('header', {class: 'call-head'},
          h('h1', {class: 'room', text: spokenRoomName(call.options.room), testid: 'room-name'}),
          h('div', {class: 'spacer'}), people.element, lock, copyLinkButton(announcer, 'head-button', 'copy-link')),
      h('div', {class: 'call-body'}, h('div', {class: 'stage-holder'}, stage.element, invite, entering.element, banner.holder), panels.element),
      foot, loudspeakers.element);
  foot.append(toolbar.element);
  root.replaceChildren(main);

  let soundBlocked = false;
  let group: GroupViews | null = null;
  // It comes a moment after the page, or never: with keys of the link alone.
  const addGroup = () => {
    const {room} = call;
    if (!room || group) return;
    group = new GroupViews(call, room, {panels, stage, security, bridge, devices, redraw, copyLink: () => void copyRoomLink(announcer)});
    toolbar.add(group.controls);
    foot.prepend(group.reactions.element);
    setData(main, 'group', 'true');
  };
  const draw = () => {
    addGroup();
    const others = call.model.participants.size;
    const admission = call.standing?.admission ?? 'in';
    const isOut = admission !== 'in' && admission !== 'rejoining';
    const state = call.security?.lock;
    setData(lock, 'state', state?.state ?? 'waiting');
    setText(lockLabel, state?.label ?? '');
    setAttribute(lock, 'aria-label', `${state?.label ?? ''}. ${state?.detail ?? ''} Show details.`);
    setIcon(lock, LOCK_ICONS[state?.state ?? 'waiting']);
    people.update(others + 1, call.room?.requests.size ?? 0, group?.doubtful ?? false);
    entering.show(isOut && call.phase === 'in-call' ? admission : null);
    invite.hidden = isOut || others > 0 || call.phase !== 'in-call' || call.screen.stream !== null;
    stage.update();
    speaking.assign();
    toolbar.update();
    choice.update();
    group?.update();
    security.update();
    bridge.update();
    banner.show(noticeOf(call, soundBlocked, () => loudspeakers.unblock()) ?? group?.notice() ?? null);
  };
  const redraw = coalesced(draw);
  const stops = [
    call.on('change', redraw),
    loudspeakers.on('blocked', (blocked) => {
      soundBlocked = blocked;
      redraw();
    }),
    quality.on('change', () => stage.showQuality(quality)),
    bindShortcuts({
      m: () => void call.toggleMicrophone(), v: () => void call.toggleCamera(), s: () => void call.toggleShare(),
      d: () => panels.toggle(devices), b: () => panels.toggle(bridge), l: () => panels.toggle(security),
      c: () => group?.toggleChat(), p: () => group?.togglePeople(), h: () => group?.toggleHand(), r: () => group?.toggleReactions(),
    }),
  ];
  draw();
  return {
    close() {
      for (const stop of stops) stop();
      panels.close();
      group?.close();
      quality.close();
      speaking.close();
      stage.close();
      loudspeakers.clear();
    },
  };
}
