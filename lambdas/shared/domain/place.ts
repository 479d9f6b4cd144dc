/** Where a request comes from, as the edge in front tells it: an estimate from the network, never a claim of the client. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly city?: string;
  /** Degrees. */
  readonly coordinates?: Coordinates;
}

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** What the edge adds to a request. */
export interface Edge extends Place {
  /** Number of the autonomous system, by which a network is known. */
  readonly asn?: number;
  /** How the client opened TLS: the readable part of its JA4 fingerprint, as `t13d1516h2`. */
  readonly handshake?: string;
}

/** A place at a time. */
export interface LastPlace {
  /** Milliseconds. */
  readonly at: number;
  readonly country?: string;
  readonly coordinates?: Coordinates;
}

const earthRadius = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Kilometres along the great circle (haversine). */
export function distance(from: Coordinates, to: Coordinates): number {
  const [a, b] = [radians(from.latitude), radians(to.latitude)];
  const half = (x: number) => Math.sin(x / 2) ** 2;
  const chord = half(b - a) + Math.cos(a) * Math.cos(b) * half(radians(to.longitude - from.longitude));
  return 2 * earthRadius * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** Coordinates of a network are a region’s middle: closer than this (km) they say nothing about who moved. */
const imprecision = 100;
/** Clocks of two machines differ: F19 allows five minutes. */
const clockSkew = 300_000;

/**
 * Whether nobody could have come from one place to the other in the time between, at `speed` kilometres an hour. Time
 * that runs backwards counts as the skew of two clocks, not as a journey without time (F19).
 */
export function isImpossibleTravel(from: LastPlace, to: LastPlace, speed: number): boolean {
  if (!from.coordinates || !to.coordinates) return false;
  const kilometres = distance(from.coordinates, to.coordinates);
  const hours = (Math.abs(to.at - from.at) + clockSkew) / 3_600_000;
  return kilometres > imprecision && kilometres / hours > speed;
}

/** A place as it may be kept: a tenth of a degree (about 11 km) tells a country, not a house. */
export function keptPlace({ country, coordinates }: Place, at: number): LastPlace {
  const rough = (degrees: number) => Math.round(degrees * 10) / 10;
  return {
    at,
    ...(country && { country }),
    ...(coordinates && {
      coordinates: { latitude: rough(coordinates.latitude), longitude: rough(coordinates.longitude) },
    }),
  };
}
