# The service in an image of its own: one binary, no shell, nobody's rights.
#
#   docker build -t trygghetsdialog .

FROM rust:1.95-bookworm AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked && \
    install -D target/release/trygghetsdialog /image/usr/bin/trygghetsdialog && \
    install -d -m 700 -o 65532 -g 65532 /image/var/lib/trygghetsdialog /image/var/lib/trygghetsdialog/keys

# glibc and libgcc, certificates, time zones; user 65532 is `nonroot`.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /image/ /
USER 65532:65532
WORKDIR /var/lib/trygghetsdialog
ENV TRYGGHET_LISTEN=0.0.0.0:8080 \
    TRYGGHET_DATA_DIR=/var/lib/trygghetsdialog \
    TRYGGHET_KEY_DIR=/var/lib/trygghetsdialog/keys
EXPOSE 8080
# No signal is lost: the binary is process 1 and drains at SIGTERM.
ENTRYPOINT ["/usr/bin/trygghetsdialog"]
