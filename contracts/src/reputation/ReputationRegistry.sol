// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {FeedbackReads} from "./FeedbackReads.sol";
import {IReputationRegistry} from "./IReputationRegistry.sol";
import {Tags} from "../common/Tags.sol";

/// @title ReputationRegistry
/// @notice Feedback on agents, after ERC-8004. Immutable: no owner, no proxy.
contract ReputationRegistry is FeedbackReads {
    using Tags for Tags.Store;

    /// @notice The most decimals a value may have.
    uint8 public constant MAX_DECIMALS = 18;

    /// @notice The largest absolute value.
    int128 public constant MAX_ABS_VALUE = 1e38;

    IIdentityRegistry private immutable _identity;

    /// @dev What giveFeedback logs; too many words for the stack.
    struct Given {
        uint64 index;
        int128 value;
        uint8 valueDecimals;
        string tag1;
        string tag2;
        string endpoint;
        string feedbackURI;
        bytes32 feedbackHash;
    }

    /// @notice Deploys the registry.
    /// @param identityRegistry The identity registry that says who an agent is; not zero.
    constructor(address identityRegistry) {
        require(identityRegistry != address(0), "bad identity");
        _identity = IIdentityRegistry(identityRegistry);
    }

    /// @inheritdoc IReputationRegistry
    function giveFeedback(
        uint256 agentId,
        int128 value,
        uint8 valueDecimals,
        string calldata tag1,
        string calldata tag2,
        string calldata endpoint,
        string calldata feedbackURI,
        bytes32 feedbackHash
    ) external {
        require(valueDecimals <= MAX_DECIMALS, "too many decimals");
        require(value >= -MAX_ABS_VALUE && value <= MAX_ABS_VALUE, "value too large");
        _requireStranger(agentId);
        Given memory given;
        given.index = _store(agentId, value, valueDecimals, tag1, tag2);
        given.value = value;
        given.valueDecimals = valueDecimals;
        given.tag1 = tag1;
        given.tag2 = tag2;
        given.endpoint = endpoint;
        given.feedbackURI = feedbackURI;
        given.feedbackHash = feedbackHash;
        _logFeedback(agentId, given);
    }

    /// @inheritdoc IReputationRegistry
    function revokeFeedback(uint256 agentId, uint64 feedbackIndex) external {
        _requireIndex(agentId, msg.sender, feedbackIndex);
        Feedback storage entry = _feedback[agentId][msg.sender][feedbackIndex];
        require(!entry.isRevoked, "Already revoked");
        entry.isRevoked = true;
        emit FeedbackRevoked(agentId, msg.sender, feedbackIndex);
    }

    /// @inheritdoc IReputationRegistry
    function getIdentityRegistry() external view returns (address) {
        return address(_identity);
    }

    /// @inheritdoc IReputationRegistry
    function getVersion() external pure returns (string memory) {
        return "2.0.0";
    }

    /// @dev The reference forgets the wallet, which is the agent's own key as much as the owner's is.
    function _requireStranger(uint256 agentId) private view {
        require(!_identity.isAuthorizedOrOwner(msg.sender, agentId), "Self-feedback not allowed");
        (address wallet,) = _identity.agentWalletAndEpoch(agentId);
        require(msg.sender != wallet, "Self-feedback not allowed");
    }

    /// @dev Gives the entry the client's next index.
    function _store(
        uint256 agentId,
        int128 value,
        uint8 valueDecimals,
        string calldata tag1,
        string calldata tag2
    ) private returns (uint64 index) {
        index = ++_lastIndex[agentId][msg.sender];
        if (index == 1) _clients[agentId].push(msg.sender);
        _feedback[agentId][msg.sender][index] =
            Feedback(value, valueDecimals, false, _tags.intern(tag1), _tags.intern(tag2));
    }

    /// @dev A function of its own, for the stack's sake.
    function _logFeedback(uint256 agentId, Given memory given) private {
        emit NewFeedback(
            agentId,
            msg.sender,
            given.index,
            given.value,
            given.valueDecimals,
            given.tag1,
            given.tag1,
            given.tag2,
            given.endpoint,
            given.feedbackURI,
            given.feedbackHash
        );
    }
}
