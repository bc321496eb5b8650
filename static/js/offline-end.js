// Served as /sw.js when copies are switched off: deletes what was kept, and takes itself off the device.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("ir-")) await caches.delete(name);
      await self.registration.unregister();
    })(),
  ),
);
