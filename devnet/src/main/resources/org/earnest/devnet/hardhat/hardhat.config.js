// The node runs as a user who may write to /tmp alone.
export default { paths: { artifacts: "/tmp/artifacts", cache: "/tmp/cache" } };
