// What has been said in the room, as far as this page was there: nobody is given what came before.

import {byteLength, cleanText, MAX_TEXT_BYTES} from './chat_text.js';

export interface ChatLine {
  /** For this page. */
  id: number;
  mine: boolean;
  memberId: string | null;
  /** At the time. */
  name: string;
  text: string;
  at: number;
  /** One's own: it has come back, so everybody else gets it too. */
  delivered: boolean;
  /** One's own: it may have reached nobody, unless it is delivered later. */
  lost: boolean;
  /** So many messages of this person should have come before this one. */
  missing: number;
  /** It answers something that has not come here. */
  unseen: boolean;
  /** From somebody who is not the one who had this name before. */
  doubtful: boolean;
}

export interface HeardMessage {
  id: string;
  name: string;
  text: string;
  missing: number;
  unseen: boolean;
  doubtful: boolean;
}

const MAX_LINES = 500;

export class Chat {
  lines: ChatLine[] = [];
  /** Lines that have been dropped to keep the page small. */
  dropped = 0;
  unread = 0;
  private isRead = false;
  private written = 0;
  /** By the group's number, those that have not come back. */
  private readonly onTheirWay = new Map<number, ChatLine>();

  constructor(private readonly now: () => number) {}

  /** Whether a person has it before their eyes. */
  setRead(reading: boolean): void {
    this.isRead = reading;
    if (reading) this.unread = 0;
  }

  /** null: nothing to say, or too much. */
  writing(text: string, name: string): ChatLine | null {
    const clean = cleanText(text);
    if (clean === '' || byteLength(clean) > MAX_TEXT_BYTES) return null;
    return this.add({mine: true, memberId: null, name, text: clean, missing: 0, unseen: false, doubtful: false});
  }

  /** `number`: the group's; null: it was refused, so nobody gets it. */
  sent(line: ChatLine, number: number | null): void {
    if (number === null) this.lines = this.lines.filter((other) => other !== line);
    else this.onTheirWay.set(number, line);
  }

  delivered(number: number): void {
    const line = this.onTheirWay.get(number);
    if (!line) return;
    line.delivered = true;
    line.lost = false;
    this.onTheirWay.delete(number);
  }

  heard({id, ...message}: HeardMessage): ChatLine | null {
    const text = cleanText(message.text);
    if (text === '') return null;
    if (!this.isRead) this.unread++;
    return this.add({...message, text, mine: false, memberId: id});
  }

  /** Come back: to the same group, which is told again what it may have missed, or to another one, which is not. */
  startedAnew(): void {
    for (const line of this.onTheirWay.values()) line.lost = true;
  }

  private add(line: Omit<ChatLine, 'id' | 'at' | 'delivered' | 'lost'>): ChatLine {
    const added = {...line, id: this.written++, at: this.now(), delivered: false, lost: false};
    this.lines = [...this.lines, added];
    if (this.lines.length > MAX_LINES) {
      this.dropped += this.lines.length - MAX_LINES;
      this.lines = this.lines.slice(-MAX_LINES);
    }
    return added;
  }
}
