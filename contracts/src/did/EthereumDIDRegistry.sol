// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IEthereumDIDRegistry} from "./IEthereumDIDRegistry.sol";

/// @title EthereumDIDRegistry
/// @notice ERC-1056, without an owner of its own, without proxy and without money.
contract EthereumDIDRegistry is IEthereumDIDRegistry {
    /// @inheritdoc IEthereumDIDRegistry
    mapping(address identity => address) public owners;

    /// @inheritdoc IEthereumDIDRegistry
    mapping(address identity => mapping(bytes32 typeHash => mapping(address delegate => uint256))) public
        delegates;

    /// @inheritdoc IEthereumDIDRegistry
    mapping(address identity => uint256) public changed;

    /// @inheritdoc IEthereumDIDRegistry
    mapping(address owner => uint256) public nonce;

    /// @dev By the identity's owner itself.
    modifier byOwner(address identity) {
        _requireOwner(identity, msg.sender);
        _;
    }

    /// @dev By whoever brings the owner's signature over `call` and the owner's nonce, which it spends.
    modifier bySignature(address identity, uint8 v, bytes32 r, bytes32 s, bytes memory call) {
        _consumeSignature(identity, v, r, s, call);
        _;
    }

    /// @inheritdoc IEthereumDIDRegistry
    function identityOwner(address identity) public view returns (address) {
        address owner = owners[identity];
        return owner == address(0) ? identity : owner;
    }

    /// @inheritdoc IEthereumDIDRegistry
    function validDelegate(address identity, bytes32 delegateType, address delegate)
        external
        view
        returns (bool)
    {
        return delegates[identity][_typeHash(delegateType)][delegate] > block.timestamp;
    }

    /// @inheritdoc IEthereumDIDRegistry
    function changeOwner(address identity, address newOwner) external byOwner(identity) {
        _changeOwner(identity, newOwner);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function changeOwnerSigned(address identity, uint8 sigV, bytes32 sigR, bytes32 sigS, address newOwner)
        external
        bySignature(identity, sigV, sigR, sigS, abi.encodePacked("changeOwner", newOwner))
    {
        _changeOwner(identity, newOwner);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function addDelegate(address identity, bytes32 delegateType, address delegate, uint256 validity)
        external
        byOwner(identity)
    {
        _setDelegate(identity, delegateType, delegate, block.timestamp + validity);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function addDelegateSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 delegateType,
        address delegate,
        uint256 validity
    )
        external
        bySignature(
            identity, sigV, sigR, sigS, abi.encodePacked("addDelegate", delegateType, delegate, validity)
        )
    {
        _setDelegate(identity, delegateType, delegate, block.timestamp + validity);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function revokeDelegate(address identity, bytes32 delegateType, address delegate)
        external
        byOwner(identity)
    {
        _setDelegate(identity, delegateType, delegate, block.timestamp);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function revokeDelegateSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 delegateType,
        address delegate
    )
        external
        bySignature(identity, sigV, sigR, sigS, abi.encodePacked("revokeDelegate", delegateType, delegate))
    {
        _setDelegate(identity, delegateType, delegate, block.timestamp);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function setAttribute(address identity, bytes32 name, bytes memory value, uint256 validity)
        external
        byOwner(identity)
    {
        _logAttribute(identity, name, value, block.timestamp + validity);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function setAttributeSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 name,
        bytes memory value,
        uint256 validity
    )
        external
        bySignature(identity, sigV, sigR, sigS, abi.encodePacked("setAttribute", name, value, validity))
    {
        _logAttribute(identity, name, value, block.timestamp + validity);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function revokeAttribute(address identity, bytes32 name, bytes memory value) external byOwner(identity) {
        _logAttribute(identity, name, value, 0);
    }

    /// @inheritdoc IEthereumDIDRegistry
    function revokeAttributeSigned(
        address identity,
        uint8 sigV,
        bytes32 sigR,
        bytes32 sigS,
        bytes32 name,
        bytes memory value
    ) external bySignature(identity, sigV, sigR, sigS, abi.encodePacked("revokeAttribute", name, value)) {
        _logAttribute(identity, name, value, 0);
    }

    /// @dev The log points to the identity's previous one, so that a resolver can walk back.
    function _changeOwner(address identity, address newOwner) private {
        owners[identity] = newOwner;
        emit DIDOwnerChanged(identity, newOwner, changed[identity]);
        changed[identity] = block.number;
    }

    /// @dev `validTo` in seconds of 1970; now or earlier revokes.
    function _setDelegate(address identity, bytes32 delegateType, address delegate, uint256 validTo) private {
        delegates[identity][_typeHash(delegateType)][delegate] = validTo;
        emit DIDDelegateChanged(identity, delegateType, delegate, validTo, changed[identity]);
        changed[identity] = block.number;
    }

    /// @dev Attributes live in the log alone; `validTo` in seconds of 1970.
    function _logAttribute(address identity, bytes32 name, bytes memory value, uint256 validTo) private {
        emit DIDAttributeChanged(identity, name, value, validTo, changed[identity]);
        changed[identity] = block.number;
    }

    /// @dev The nonce counts per owner, not per identity, as in the deployed registries.
    function _consumeSignature(address identity, uint8 v, bytes32 r, bytes32 s, bytes memory call) private {
        address owner = identityOwner(identity);
        bytes32 hash =
            keccak256(abi.encodePacked(bytes1(0x19), bytes1(0), address(this), nonce[owner], identity, call));
        address signer = ecrecover(hash, v, r, s);
        require(signer != address(0) && signer == owner, "bad_signature");
        ++nonce[signer];
    }

    /// @dev An identity without a change owns itself.
    function _requireOwner(address identity, address actor) private view {
        require(actor == identityOwner(identity), "bad_actor");
    }

    /// @dev Delegates are stored under the hash of their type, as in the reference registry.
    function _typeHash(bytes32 delegateType) private pure returns (bytes32) {
        return keccak256(abi.encode(delegateType));
    }
}
