// What people write to each other beside the call.

import {byteLength, MAX_TEXT_BYTES} from '../call/chat_text.js';
import type {ChatLine} from '../call/group_chat.js';
import type {GroupRoom} from '../call/group_room.js';
import {ChatLineView} from './chat_line.js';
import {h, setText} from './dom.js';
import {listed} from './group_notices.js';
import {icon} from './icons.js';
import type {PanelContent} from './panel.js';

const NEAR_END = 60;

export class ChatPanel implements PanelContent {
  readonly testid = 'chat-panel';
  readonly title = 'Chat';
  // The announcer says what comes, wherever one is on the page.
  private readonly log = h('ol', {class: 'chat-log', testid: 'chat-log', role: 'log', 'aria-live': 'off', 'aria-label': 'Messages', tabindex: 0});
  private readonly empty = h('p', {class: 'faint chat-empty', text: 'Nobody has written anything since you came.'});
  private readonly dropped = h('p', {class: 'faint', text: 'Older messages have been left out.'});
  private readonly heldBack = h('p', {class: 'note warn', testid: 'chat-held-back', role: 'status'});
  private readonly newer = h('button', {class: 'button small chat-newer', type: 'button', testid: 'chat-newer', text: 'New messages', onclick: () => this.toEnd()});
  private readonly input = h('textarea', {testid: 'chat-input', rows: 1, placeholder: 'Write to everybody', 'aria-label': 'Message to everybody',
                                          enterkeyhint: 'send', oninput: () => this.typed()});
  private readonly problem = h('p', {class: 'problem', role: 'alert', testid: 'chat-problem'});
  private readonly button = h('button', {class: 'icon-button send', type: 'submit', testid: 'chat-send', 'aria-label': 'Send'}, icon('send'));
  readonly element = h('div', {class: 'chat'},
      h('p', {class: 'faint', text: 'Only the people in the room can read this. Whoever comes later is given nothing of it.'}),
      h('div', {class: 'chat-scroll'}, this.dropped, this.log, this.empty, this.newer), this.heldBack, this.problem,
      h('form', {class: 'chat-form', onsubmit: (event) => this.submit(event)}, this.input, this.button));
  private readonly views = new Map<number, ChatLineView>();
  private lines: ChatLine[] = [];
  private isOpen = false;

  constructor(private readonly room: GroupRoom) {
    this.problem.hidden = true;
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.log.addEventListener('scroll', () => this.isAtEnd() && (this.newer.hidden = true), {passive: true});
  }

  /** A keyboard on the screen would cover what has been written. */
  get focus(): HTMLElement | null {
    return matchMedia('(pointer: fine)').matches ? this.input : null;
  }

  onOpen(): void {
    this.isOpen = true;
    this.room.chat.setRead(true);
    this.update();
    this.toEnd();
  }

  onClose(): void {
    this.isOpen = false;
    this.room.chat.setRead(false);
  }

  update(): void {
    if (!this.isOpen) return;
    const {chat, state} = this.room;
    this.button.disabled = this.input.disabled = state !== 'in' && state !== 'rejoining';
    this.empty.hidden = chat.lines.length > 0;
    this.dropped.hidden = chat.dropped === 0;
    const held = heldBackWords([...this.room.heldBack.values()]);
    this.heldBack.hidden = held === '';
    setText(this.heldBack, held);
    if (chat.lines !== this.lines) this.draw(chat.lines);
    else for (const view of this.views.values()) view.update();
  }

  private draw(lines: ChatLine[]): void {
    const wasAtEnd = this.isAtEnd();
    const kept = new Set(lines.map(({id}) => id));
    for (const [id, view] of this.views) {
      if (kept.has(id)) {
        view.update();
        continue;
      }
      view.element.remove();
      this.views.delete(id);
    }
    let mine = false;
    lines.forEach((line, index) => {
      if (this.views.has(line.id)) return;
      const view = new ChatLineView(line, sameVoice(lines[index - 1], line));
      this.views.set(line.id, view);
      this.log.append(view.element);
      mine ||= line.mine;
    });
    this.lines = lines;
    if (wasAtEnd || mine) this.toEnd();
    else this.newer.hidden = false;
  }

  private toEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }

  private isAtEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.send();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    void this.send();
  }

  private typed(): void {
    const tooLong = byteLength(this.input.value.trim()) > MAX_TEXT_BYTES;
    this.complain(tooLong ? 'This is too long for one message.' : '');
    this.input.rows = Math.min(4, this.input.value.split('\n').length);
  }

  private async send(): Promise<void> {
    const text = this.input.value;
    if (text.trim() === '' || byteLength(text.trim()) > MAX_TEXT_BYTES) return;
    this.input.value = '';
    this.typed();
    if (await this.room.say(text)) return;
    if (this.input.value === '') this.input.value = text;
    this.complain('This could not be sent. Try again.');
  }

  private complain(text: string): void {
    this.problem.hidden = text === '';
    setText(this.problem, text);
  }
}

/** What members say that they have written, and this page has not been given. */
export function heldBackWords(held: {name: string; missing: number}[]): string {
  if (held.length === 0) return '';
  const [first] = held;
  const what = held.length === 1 && first!.missing === 1 ? 'A message' : 'Messages';
  const verb = what === 'A message' ? 'has' : 'have';
  return `${what} from ${listed(held.map(({name}) => name))} ${verb} not come. Something on the way holds ${what === 'A message' ? 'it' : 'them'} back, or has lost ${what === 'A message' ? 'it' : 'them'}.`;
}

const TOGETHER_MS = 120_000;

function sameVoice(before: ChatLine | undefined, line: ChatLine): boolean {
  return before !== undefined && before.mine === line.mine && before.memberId === line.memberId && before.name === line.name &&
      before.doubtful === line.doubtful && line.at - before.at < TOGETHER_MS;
}
