/** Bottleneck without its Redis half, which nothing here uses and which a bundler objects to. Its package has no types for it. */
declare module 'bottleneck/light.js' {
  import type Bottleneck from 'bottleneck';

  const light: typeof Bottleneck;
  export default light;
}
