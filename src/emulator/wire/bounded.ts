/**
 * Sets a key and drops the oldest ones above `max`: strangers may make any number of them. Setting a
 * key again makes it the newest.
 */
export function setBounded<K, V>(map: Map<K, V>, key: K, value: V, max: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= max) {
      break;
    }
    map.delete(oldest);
  }
}
