// For tests only: somebody whose group's worker no longer tells its page, nor the worker of the frames, what
// happens: so that both go on with everything that they have. What ships has no such door.
const prefix = `{
  let shut = false;
  const own = self.postMessage.bind(self);
  self.postMessage = (message, transfer) => { if (!shut || message.type !== 'event') own(message, transfer); };
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (...message) { if (!shut) postMessage.apply(this, message); };
  const door = new BroadcastChannel('group-door');
  door.onmessage = ({ data }) => { if (data === 'shut') { shut = true; door.postMessage('is shut'); } };
}
`;

// For Participant.open({prepare: groupDoor}).
export async function groupDoor(context) {
  await context.route(/group\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prefix + await response.text() });
  });
}

export function shutGroupDoor(person) {
  return person.page.evaluate(async () => {
    const door = new BroadcastChannel('group-door');
    await new Promise((resolve, reject) => {
      door.onmessage = ({ data }) => { if (data === 'is shut') resolve(); };
      door.postMessage('shut');
      setTimeout(() => reject(new Error("the group's worker does not answer")), 60_000);
    });
    door.close();
  });
}
