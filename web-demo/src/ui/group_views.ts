// What the page has of the call's group: people, chat, reactions, raised hands, comparing codes. It is
// made when there is a group, and there is none of it where keys come from the link alone.

import type {Call} from '../call/call.js';
import type {GroupRoom, Member} from '../call/group_room.js';
import type {Notice} from './banner.js';
import {ChatPanel} from './chat_panel.js';
import {EncryptionSwitch} from './encryption_switch.js';
import {FingerprintPanel} from './fingerprint_panel.js';
import {groupNotice} from './group_notices.js';
import {MorePanel} from './more_panel.js';
import type {PanelContent, PanelHost} from './panel.js';
import {PeoplePanel} from './people_panel.js';
import {ReactionBar} from './reactions.js';
import type {SecurityPanel} from './security_panel.js';
import type {Stage} from './stage.js';
import {GroupControls} from './group_controls.js';
import {Verification} from './verification.js';

export interface Surroundings {
  panels: PanelHost;
  stage: Stage;
  security: SecurityPanel;
  bridge: PanelContent;
  devices: PanelContent;
  copyLink: () => void;
  redraw: () => void;
}

const PASSING_SHOWN_MS = 8100;

export class GroupViews {
  readonly controls: GroupControls;
  readonly reactions: ReactionBar;
  private readonly chat: ChatPanel;
  private readonly people: PeoplePanel;
  private readonly fingerprints: FingerprintPanel;
  private readonly more: MorePanel;
  private readonly verification: Verification;
  private readonly encryption: EncryptionSwitch;
  private readonly stops: (() => void)[];
  private passingSince = 0;

  constructor(call: Call, private readonly room: GroupRoom, private readonly around: Surroundings) {
    const {panels, stage, redraw} = around;
    const compare = (member: Member) => {
      this.fingerprints.show(member);
      panels.show(this.fingerprints);
    };
    this.chat = new ChatPanel(room);
    this.people = new PeoplePanel(room, compare);
    this.fingerprints = new FingerprintPanel(room);
    this.verification = new Verification(room, () => panels.show(this.people));
    this.encryption = new EncryptionSwitch(room);
    around.security.showGroup(this.verification.element, this.encryption.element);
    this.more = new MorePanel(call, room, {
      close: () => panels.close(), people: () => panels.show(this.people), bridge: () => panels.show(around.bridge), devices: () => panels.show(around.devices),
    });
    this.reactions = new ReactionBar((sign) => void room.react(sign), redraw);
    this.controls = new GroupControls(room, {
      chat: () => this.toggleChat(), react: () => this.toggleReactions(), more: () => panels.toggle(this.more),
    });
    this.stops = [
      room.on('change', redraw),
      room.on('reaction', (reaction) => stage.react(reaction, reaction.memberId === room.self?.id)),
    ];
  }

  toggleChat(): void {
    this.around.panels.toggle(this.chat);
  }

  togglePeople(): void {
    this.around.panels.toggle(this.people);
  }

  toggleReactions(): void {
    this.reactions.toggle(this.controls.react.element);
  }

  toggleHand(): void {
    void this.room.raiseHand(!this.room.handRaised);
  }

  update(): void {
    this.controls.update(this.reactions.isOpen, this.around.panels.current);
    this.chat.update();
    this.people.update();
    this.fingerprints.update();
    this.verification.update();
    if (this.around.panels.current !== this.around.security.testid) this.encryption.close();
    this.encryption.update();
    this.more.update();
    const passing = Math.max(this.room.trouble?.at ?? 0, this.room.switched?.at ?? 0);
    if (passing === this.passingSince) return;
    // Their notices go by themselves.
    this.passingSince = passing;
    setTimeout(this.around.redraw, PASSING_SHOWN_MS);
  }

  notice(): Notice | null {
    const {panels, security, copyLink} = this.around;
    return groupNotice(this.room, {
      openPeople: () => panels.show(this.people), openVerification: () => panels.show(security), rejoin: () => location.reload(),
      copyLink: () => {
        copyLink();
        this.room.dismissNewLink();
      },
    }, Date.now(), panels.current === security.testid);
  }

  /** Something about who is here wants a look. */
  get doubtful(): boolean {
    return this.room.others.some(({standing}) => standing === 'changed');
  }

  close(): void {
    for (const stop of this.stops) stop();
    this.reactions.close();
  }
}
