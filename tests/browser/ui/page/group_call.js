// The call's page as it is shipped, over a call without a bridge and a group in which only what the test
// says happens: window.demo.
import {Emitter} from '../../../../web-demo/src/emitter.ts';
import {GroupRoom} from '../../../../web-demo/src/call/group_room.ts';
import {GroupRoomModel} from '../../../../web-demo/src/call/keys/group_room_model.ts';
import {callPage} from '../../../../web-demo/src/pages/call_page.ts';
import {endPage} from '../../../../web-demo/src/pages/end_page.ts';
import {Loudspeakers} from '../../../../web-demo/src/media/loudspeakers.ts';
import {Announcer} from '../../../../web-demo/src/ui/announcer.ts';
import {FakeGroup, member} from '../../../web-demo/fake_group.mjs';

class FakeCall extends Emitter {
  phase = 'in-call';
  model = new GroupRoomModel();
  session = null;
  security = {lock: {state: 'encrypted', label: 'End-to-end encrypted', detail: 'Everything is sealed.'}, stats: [], lags: {has: () => false}};
  screen = {stream: null, supported: true};
  standing = {admission: 'in', heard: true, encrypted: true};
  mediaLost = false;
  room = null;
  name = 'Ann';
  options = {room: 'quiet-otter-4821'};
  local = {
    microphoneOn: true, cameraOn: false, camera: null, trouble: {}, outgoing: () => null,
    devices: {microphones: [], cameras: [], speakers: []}, preferences: {name: 'Ann', microphone: '', camera: '', speaker: ''},
  };

  setShown() {}
  toggleMicrophone() {}
  toggleCamera() {}
  toggleShare() {}
  leave() {}

  redraw() {
    if (this.room) this.model.setMembers(this.room.others);
    this.emit('change', undefined);
  }
}

const root = document.getElementById('app');
const call = new FakeCall();
const group = new FakeGroup();
const announcer = new Announcer();
document.body.append(announcer.element);
window.refused = [];
addEventListener('securitypolicyviolation', (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
const page = callPage(root, call, new Loudspeakers(''), announcer);

window.demo = {
  call, group, member, announced: [],
  // As after joining: oneself, and these.
  enter(self, ...others) {
    call.room ??= this.room();
    group.put(member(0, 'Ann', {self: true, ...self}), ...others);
    group.enter();
    group.tell('roomChanged', {joinPolicy: 'open', mediaEncrypted: true, permanent: true, moderator: self.moderator === true});
  },
  room() {
    const room = new GroupRoom(group, {link: location.hash.slice(1)});
    room.on('announce', (text) => {
      this.announced.push(text);
      announcer.say(text);
    });
    room.on('linkChanged', (link) => history.replaceState(null, '', `#${link}`));
    room.on('change', () => call.redraw());
    return room;
  },
  admission(admission) {
    call.standing = {...call.standing, admission};
    call.redraw();
  },
  end(reason) {
    page.close();
    endPage(root, reason, call.options.room);
  },
};
