/** Stands for the editor while its API is only loaded: every name is a class that does nothing. */
class Nothing {}
const anything = new Proxy(Nothing, {
  get: (target, name) => (name in target ? target[name] : anything),
});
module.exports = new Proxy({}, { get: () => anything, getPrototypeOf: () => module.exports });
