//! The letterbox: answers sealed and durable before the reply.
