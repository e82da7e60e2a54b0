package io.guanjia.web;

/** x. */
final class Problems {}
