// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ICredentialAnchor
/// @notice Shows since when an account stands by some content: versions of status lists, and evidence.
/// @dev An issuer anchors a root, in its own name and without asking anybody: the sender is the issuer.
/// A root stands for one entry or for thousands. An entry is a subject (what the content is about: the
/// keccak256 of a status list's URL, a deal's id) and a digest (the SHA-256 of the content, byte by byte as
/// it is served). Its leaf is keccak256(keccak256(abi.encode(subject, digest))), and an inner node is the
/// keccak256 of its two children, the lesser one first, as in OpenZeppelin's StandardMerkleTree of
/// ("bytes32", "bytes32"). An entry alone is its own root.
///
/// A reader that holds the content hashes it, and asks {provenAt} with the proof that it was given. It
/// decides itself whether it trusts the issuer: the issuer's DID document must name the account
/// (did:pkh, did:ethr, or a verification method with a blockchainAccountId).
///
/// What it shows: the issuer committed itself to this content no later than at that time. What it does not:
/// that the content is true, can be had, or is the latest. An issuer may anchor contradictory entries; both
/// stay in its log for everybody to see. Only anchors that are known can be compared: a list that was never
/// anchored leaves no trace. Nothing can be taken back, and there is no owner and no upgrade.
interface ICredentialAnchor {
    /// @notice An issuer anchored a root, at the time of this log's block.
    /// @param issuer Who stands by it.
    /// @param root The root.
    event Anchored(address indexed issuer, bytes32 indexed root);

    /// @notice Zero is no root: nothing hashes to it.
    error EmptyRoot();

    /// @notice This issuer anchored this root before; the first time stands.
    /// @param since When, in Unix seconds.
    error AlreadyAnchored(uint256 since);

    /// @notice Anchors a root in the caller's name.
    /// @param root The root; not zero, and once for each issuer.
    function anchor(bytes32 root) external;

    /// @notice Since when an issuer stands by a root.
    /// @param issuer The issuer.
    /// @param root The root.
    /// @return Unix second of the block; 0 if never.
    function anchoredAt(address issuer, bytes32 root) external view returns (uint256);

    /// @notice Since when an issuer stands by an entry.
    /// @param issuer The issuer.
    /// @param subject What the content is about.
    /// @param digest The content's SHA-256.
    /// @param proof The siblings on the way from the leaf to the root; empty for an entry alone.
    /// @return Unix second of the block; 0 if the proof leads to no root that this issuer anchored.
    function provenAt(address issuer, bytes32 subject, bytes32 digest, bytes32[] calldata proof)
        external
        view
        returns (uint256);

    /// @notice The leaf of an entry, which is the root of that entry alone.
    /// @dev Hashed twice, so that no inner node passes for a leaf: 64 bytes of two children are never the 32
    /// bytes that a leaf is the hash of.
    /// @param subject What the content is about.
    /// @param digest The content's SHA-256.
    /// @return The leaf.
    function leafOf(bytes32 subject, bytes32 digest) external pure returns (bytes32);
}
