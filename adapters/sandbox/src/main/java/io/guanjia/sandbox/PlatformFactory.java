package io.guanjia.sandbox;

/** Makes a platform for a sandbox. Found by {@link java.util.ServiceLoader}. */
public interface PlatformFactory {

    Platform create(Surroundings around);
}
