// Exit code 0 while the service in this container is ready: the image has no curl.
const port = process.env.HTTP_PORT ?? '3000';
const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, {
  signal: AbortSignal.timeout(4_000),
}).catch((error) => ({ ok: false, text: () => String(error) }));
if (!answer.ok) {
  console.error(await answer.text());
  process.exit(1);
}
