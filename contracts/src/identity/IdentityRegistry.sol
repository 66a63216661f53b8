// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";
import {ERC721Utils} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Utils.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {Signatures} from "../common/Signatures.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title IdentityRegistry
/// @notice Agents as ERC-721 tokens, after ERC-8004. Immutable: no owner, no proxy.
contract IdentityRegistry is ERC721URIStorage, EIP712, IIdentityRegistry {
    /// @notice How far ahead the deadline of a wallet's consent may lie, in seconds.
    uint256 public constant MAX_DEADLINE_DELAY = 5 minutes;

    /// @notice EIP-712 type hash of AgentWalletSet.
    bytes32 public constant AGENT_WALLET_SET_TYPEHASH =
        keccak256("AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)");

    string private constant _WALLET_KEY = "agentWallet";
    bytes32 private constant _WALLET_KEY_HASH = keccak256(bytes(_WALLET_KEY));

    /// @dev One slot, so that a contract that binds an agent reads both at once.
    struct Binding {
        address wallet;
        uint32 epoch;
    }

    uint256 private _lastId;
    mapping(uint256 agentId => Binding) private _bindings;
    mapping(uint256 agentId => mapping(string key => bytes)) private _metadata;

    /// @notice Deploys the registry.
    constructor() ERC721("AgentIdentity", "AGENT") {}

    /// @inheritdoc IIdentityRegistry
    function register() external returns (uint256 agentId) {
        agentId = _register("");
        _requireReceiver(agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function register(string calldata agentURI) external returns (uint256 agentId) {
        agentId = _register(agentURI);
        _requireReceiver(agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function register(string calldata agentURI, MetadataEntry[] calldata metadata)
        external
        returns (uint256 agentId)
    {
        agentId = _register(agentURI);
        for (uint256 i = 0; i < metadata.length; ++i) {
            _setMetadata(agentId, metadata[i].metadataKey, metadata[i].metadataValue);
        }
        _requireReceiver(agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function setAgentURI(uint256 agentId, string calldata newURI) external {
        _requireAuthorized(agentId);
        _setTokenURI(agentId, newURI);
        emit URIUpdated(agentId, newURI, msg.sender);
    }

    /// @inheritdoc IIdentityRegistry
    function getMetadata(uint256 agentId, string calldata metadataKey) external view returns (bytes memory) {
        if (keccak256(bytes(metadataKey)) != _WALLET_KEY_HASH) return _metadata[agentId][metadataKey];
        address wallet = _bindings[agentId].wallet;
        return wallet == address(0) ? bytes("") : abi.encodePacked(wallet);
    }

    /// @inheritdoc IIdentityRegistry
    function setMetadata(uint256 agentId, string calldata metadataKey, bytes calldata metadataValue)
        external
    {
        _requireAuthorized(agentId);
        _setMetadata(agentId, metadataKey, metadataValue);
    }

    /// @inheritdoc IIdentityRegistry
    function setAgentWallet(uint256 agentId, address newWallet, uint256 deadline, bytes calldata signature)
        external
    {
        address owner = _requireAuthorized(agentId);
        require(newWallet != address(0), "bad wallet");
        require(block.timestamp <= deadline, "expired");
        require(deadline <= block.timestamp + MAX_DEADLINE_DELAY, "deadline too far");
        bytes32 digest = _hashTypedData(
            keccak256(abi.encode(AGENT_WALLET_SET_TYPEHASH, agentId, newWallet, owner, deadline))
        );
        require(Signatures.isValid(newWallet, digest, signature), "invalid wallet sig");
        _setWallet(agentId, newWallet);
    }

    /// @inheritdoc IIdentityRegistry
    function getAgentWallet(uint256 agentId) external view returns (address) {
        return _bindings[agentId].wallet;
    }

    /// @inheritdoc IIdentityRegistry
    function unsetAgentWallet(uint256 agentId) external {
        _requireAuthorized(agentId);
        _setWallet(agentId, address(0));
    }

    /// @inheritdoc IIdentityRegistry
    function isAuthorizedOrOwner(address spender, uint256 agentId) external view returns (bool) {
        return _isAuthorized(_requireOwned(agentId), spender, agentId);
    }

    /// @inheritdoc IIdentityRegistry
    function agentWalletAndEpoch(uint256 agentId) external view returns (address wallet, uint32 epoch) {
        Binding memory binding = _bindings[agentId];
        return (binding.wallet, binding.epoch);
    }

    /// @inheritdoc IIdentityRegistry
    function getVersion() external pure returns (string memory) {
        return "2.0.0";
    }

    /// @notice The EIP-712 domain separator.
    /// @return The separator of ("ERC8004IdentityRegistry", "1", this chain, this contract).
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparator();
    }

    /// @dev The receiver's hook runs last, when everything is written and logged.
    function _register(string memory agentURI) private returns (uint256 agentId) {
        agentId = ++_lastId;
        _mint(msg.sender, agentId);
        if (bytes(agentURI).length != 0) _setTokenURI(agentId, agentURI);
        emit Registered(agentId, agentURI, msg.sender);
        _setWallet(agentId, msg.sender);
    }

    /// @dev A contract that cannot hold ERC-721 tokens would lose the agent.
    function _requireReceiver(uint256 agentId) private {
        ERC721Utils.checkOnERC721Received(msg.sender, address(0), msg.sender, agentId, "");
    }

    /// @dev Owner, approved or operator, as ERC-721 has them.
    function _requireAuthorized(uint256 agentId) private view returns (address owner) {
        owner = _requireOwned(agentId);
        require(_isAuthorized(owner, msg.sender, agentId), "Not authorized");
    }

    /// @dev The wallet's key is reserved: a wallet is set by proof alone.
    function _setMetadata(uint256 agentId, string calldata key, bytes calldata value) private {
        require(keccak256(bytes(key)) != _WALLET_KEY_HASH, "reserved key");
        _metadata[agentId][key] = value;
        emit MetadataSet(agentId, key, key, value);
    }

    /// @dev Zero unsets.
    function _setWallet(uint256 agentId, address wallet) private {
        _bindings[agentId].wallet = wallet;
        bytes memory value = wallet == address(0) ? bytes("") : abi.encodePacked(wallet);
        emit MetadataSet(agentId, _WALLET_KEY, _WALLET_KEY, value);
    }

    /// @dev A transfer takes the wallet away, as it proved itself to the owner before; a change of owner
    /// also starts a new epoch.
    function _update(address to, uint256 agentId, address auth) internal override returns (address from) {
        from = super._update(to, agentId, auth);
        if (from == address(0) || to == address(0)) return from;
        if (from != to) ++_bindings[agentId].epoch;
        _setWallet(agentId, address(0));
    }

    /// @dev EIP-712 domain; wallets sign under it, so it never changes.
    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("ERC8004IdentityRegistry", "1");
    }
}
