// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IEthereumDIDRegistry
/// @notice ERC-1056: who controls an account's DID, and what was said of it. Functions, events and signed
/// payloads are those of the deployed registries, so that any did:ethr resolver and client works with it.
/// @dev An account is an identity from the start and owns itself; nothing has to be registered. Facts stand
/// in events; `changed` leads to the block of the latest, and each event to the block of the one before.
/// A signed payload is keccak256(0x19 0x00 || registry || nonce[owner] || identity || function name || args),
/// packed. It does not name the chain: an owner that signs for a registry with the same address on several
/// chains signs for all of them. Safety rests on the owner's key alone; nobody else can change anything.
/// Reverts use the original's strings: "bad_actor" where the caller does not own the identity, "bad_signature"
/// where the signer does not. One thing differs: a signature that recovers to nobody is nobody's, while the
/// original takes it for the zero identity's.
interface IEthereumDIDRegistry {
    /// @notice The identity's owner changed.
    /// @param identity The identity.
    /// @param owner Its owner from now on; 0 gives it back to the identity itself.
    /// @param previousChange Block of the change before; 0 for none.
    event DIDOwnerChanged(address indexed identity, address owner, uint256 previousChange);

    /// @notice A delegate was added or revoked.
    /// @param identity The identity.
    /// @param delegateType What the delegate may do, as left-aligned text (`veriKey`, `sigAuth`).
    /// @param delegate The delegate.
    /// @param validTo Unix second until which it stands; not after the block's time if revoked.
    /// @param previousChange Block of the change before; 0 for none.
    event DIDDelegateChanged(
        address indexed identity,
        bytes32 delegateType,
        address delegate,
        uint256 validTo,
        uint256 previousChange
    );

    /// @notice An attribute was set or revoked.
    /// @param identity The identity.
    /// @param name Its name, as left-aligned text (`did/svc/…`, `did/pub/…`).
    /// @param value Its value.
    /// @param validTo Unix second until which it stands; 0 if revoked.
    /// @param previousChange Block of the change before; 0 for none.
    event DIDAttributeChanged(
        address indexed identity, bytes32 name, bytes value, uint256 validTo, uint256 previousChange
    );

    /// @notice Who owns the identity: itself until it was changed.
    function identityOwner(address identity) external view returns (address);

    /// @notice The owner on record; 0 if the identity owns itself.
    function owners(address identity) external view returns (address);

    /// @notice Until when a delegate stands, by the hash of the encoded delegate type.
    function delegates(address identity, bytes32 typeHash, address delegate) external view returns (uint256);

    /// @notice Block of the latest change; 0 for none.
    function changed(address identity) external view returns (uint256);

    /// @notice The number of payloads that this owner has signed and that were carried out.
    function nonce(address owner) external view returns (uint256);

    /// @notice True while the delegate stands.
    function validDelegate(address identity, bytes32 delegateType, address delegate)
        external
        view
        returns (bool);

    /// @notice Makes another account the owner. By the owner.
    function changeOwner(address identity, address newOwner) external;

    /// @notice The same by the owner's signature over ("changeOwner", newOwner).
    function changeOwnerSigned(address identity, uint8 sigV, bytes32 sigR, bytes32 sigS, address newOwner)
        external;

    /// @notice Adds a delegate for `validity` seconds. By the owner.
    function addDelegate(address identity, bytes32 delegateType, address delegate, uint256 validity) external;

    /// @notice The same by the owner's signature over ("addDelegate", delegateType, delegate, validity).
    function addDelegateSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 delegateType,
        address delegate,
        uint256 validity
    ) external;

    /// @notice Ends a delegate at once. By the owner.
    function revokeDelegate(address identity, bytes32 delegateType, address delegate) external;

    /// @notice The same by the owner's signature over ("revokeDelegate", delegateType, delegate).
    function revokeDelegateSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 delegateType,
        address delegate
    ) external;

    /// @notice Says something of the identity for `validity` seconds. By the owner.
    function setAttribute(address identity, bytes32 name, bytes memory value, uint256 validity) external;

    /// @notice The same by the owner's signature over ("setAttribute", name, value, validity).
    function setAttributeSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 name,
        bytes memory value,
        uint256 validity
    ) external;

    /// @notice Takes back what was said. By the owner.
    function revokeAttribute(address identity, bytes32 name, bytes memory value) external;

    /// @notice The same by the owner's signature over ("revokeAttribute", name, value).
    function revokeAttributeSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 name,
        bytes memory value
    ) external;
}
