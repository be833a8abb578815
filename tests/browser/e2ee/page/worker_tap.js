// Writes down everything that workers say, as text; binary as a list of numbers.
export function tapWorkers() {
  window.workerMessages = [];
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => workerMessages.push(JSON.stringify(data, (key, value) =>
        (ArrayBuffer.isView(value) ? Array.from(value).join(',') : value))));
    }
  };
}
