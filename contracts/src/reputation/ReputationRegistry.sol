// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {FeedbackStore} from "./FeedbackStore.sol";
import {FeedbackSummary} from "./FeedbackSummary.sol";
import {IReputationRegistry} from "./IReputationRegistry.sol";
import {Tags} from "./Tags.sol";

/// @title ReputationRegistry
/// @notice Feedback on agents, after ERC-8004. Immutable: no owner, no proxy.
contract ReputationRegistry is FeedbackStore {
    using Tags for Tags.Store;
    using FeedbackSummary for FeedbackSummary.Sum;

    /// @notice The most decimals a value may have.
    uint8 public constant MAX_DECIMALS = 18;

    /// @notice The largest absolute value.
    int128 public constant MAX_ABS_VALUE = 1e38;

    IIdentityRegistry private immutable _identity;

    /// @dev What a read looks for; a tag of 0 is any.
    struct Filter {
        uint48 tag1;
        uint48 tag2;
        bool includeRevoked;
    }

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
    function getSummary(
        uint256 agentId,
        address[] calldata clientAddresses,
        string calldata tag1,
        string calldata tag2
    ) external view returns (uint64 count, int128 summaryValue, uint8 summaryValueDecimals) {
        require(clientAddresses.length > 0, "clientAddresses required");
        Filter memory filter = Filter(_tags.find(tag1), _tags.find(tag2), false);
        FeedbackSummary.Sum memory sum;
        for (uint256 i = 0; i < clientAddresses.length; ++i) {
            _addClient(sum, agentId, clientAddresses[i], filter);
        }
        count = sum.count;
        (summaryValue, summaryValueDecimals) = sum.average();
    }

    /// @inheritdoc IReputationRegistry
    function readFeedback(uint256 agentId, address clientAddress, uint64 feedbackIndex)
        external
        view
        returns (int128 value, uint8 valueDecimals, string memory tag1, string memory tag2, bool isRevoked)
    {
        _requireIndex(agentId, clientAddress, feedbackIndex);
        return _read(agentId, clientAddress, feedbackIndex);
    }

    /// @inheritdoc IReputationRegistry
    function readAllFeedback(
        uint256 agentId,
        address[] memory clientAddresses,
        string memory tag1,
        string memory tag2,
        bool includeRevoked
    )
        external
        view
        returns (
            address[] memory clients,
            uint64[] memory feedbackIndexes,
            int128[] memory values,
            uint8[] memory valueDecimals,
            string[] memory tag1s,
            string[] memory tag2s,
            bool[] memory revokedStatuses
        )
    {
        Filter memory filter = Filter(_tags.find(tag1), _tags.find(tag2), includeRevoked);
        (clients, feedbackIndexes) = _find(agentId, clientAddresses, filter);
        uint256 n = clients.length;
        (values, valueDecimals, revokedStatuses) = (new int128[](n), new uint8[](n), new bool[](n));
        (tag1s, tag2s) = (new string[](n), new string[](n));
        for (uint256 i = 0; i < n; ++i) {
            (values[i], valueDecimals[i], tag1s[i], tag2s[i], revokedStatuses[i]) =
                _read(agentId, clients[i], feedbackIndexes[i]);
        }
    }

    /// @inheritdoc IReputationRegistry
    function getClients(uint256 agentId) external view returns (address[] memory) {
        return _clients[agentId];
    }

    /// @inheritdoc IReputationRegistry
    function getLastIndex(uint256 agentId, address clientAddress) external view returns (uint64) {
        return _lastIndex[agentId][clientAddress];
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

    /// @dev The entry with its tags as text; the caller knows that it was given.
    function _read(uint256 agentId, address client, uint64 index)
        private
        view
        returns (int128, uint8, string memory, string memory, bool)
    {
        Feedback memory entry = _feedback[agentId][client][index];
        return
            (
                entry.value,
                entry.valueDecimals,
                _tags.text(entry.tag1),
                _tags.text(entry.tag2),
                entry.isRevoked
            );
    }

    /// @dev Adds the client's entries that pass the filter.
    function _addClient(FeedbackSummary.Sum memory sum, uint256 agentId, address client, Filter memory filter)
        private
        view
    {
        uint64 last = _lastIndex[agentId][client];
        for (uint64 i = 1; i <= last; ++i) {
            Feedback memory entry = _feedback[agentId][client][i];
            if (_matches(entry, filter)) sum.add(entry.value, entry.valueDecimals);
        }
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

    /// @dev The tag 0 matches every entry.
    function _matches(Feedback memory entry, Filter memory filter) private pure returns (bool) {
        return (filter.includeRevoked || !entry.isRevoked) && (filter.tag1 == 0 || filter.tag1 == entry.tag1)
            && (filter.tag2 == 0 || filter.tag2 == entry.tag2);
    }

    /// @dev Sized by the clients' last indexes, then cut to what matched.
    function _find(uint256 agentId, address[] memory sources, Filter memory filter)
        private
        view
        returns (address[] memory clients, uint64[] memory indexes)
    {
        if (sources.length == 0) sources = _clients[agentId];
        uint256 most = 0;
        for (uint256 i = 0; i < sources.length; ++i) {
            most += _lastIndex[agentId][sources[i]];
        }
        (clients, indexes) = (new address[](most), new uint64[](most));
        uint256 found = 0;
        for (uint256 i = 0; i < sources.length; ++i) {
            uint64 last = _lastIndex[agentId][sources[i]];
            for (uint64 j = 1; j <= last; ++j) {
                if (!_matches(_feedback[agentId][sources[i]][j], filter)) continue;
                (clients[found], indexes[found]) = (sources[i], j);
                ++found;
            }
        }
        assembly ("memory-safe") {
            mstore(clients, found)
            mstore(indexes, found)
        }
    }
}
