package io.guanjia.security;

/** x. */
final class SecurityRules {}
