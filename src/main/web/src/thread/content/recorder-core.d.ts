declare module 'recorder-core'
declare module 'recorder-core/src/engine/beta-amr-engine.js'
