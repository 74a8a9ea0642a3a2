/**
 * Sets a key and removes the oldest keys above `max`, because strangers may create any number of
 * them. Setting an existing key makes it the newest.
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
