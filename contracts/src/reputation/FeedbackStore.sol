// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IReputationRegistry} from "./IReputationRegistry.sol";
import {Tags} from "../common/Tags.sol";

/// @title FeedbackStore
/// @notice What ERC-8004 feedback is kept as, and who responded to it.
abstract contract FeedbackStore is IReputationRegistry {
    using Tags for Tags.Store;

    /// @dev One slot: 128 + 8 + 8 + 48 + 48 bits.
    struct Feedback {
        int128 value;
        uint8 valueDecimals;
        bool isRevoked;
        uint48 tag1;
        uint48 tag2;
    }

    /// @dev How often an entry was answered, in all and by each responder.
    struct Responses {
        address[] responders;
        mapping(address responder => uint64) count;
    }

    Tags.Store internal _tags;
    mapping(uint256 agentId => address[]) internal _clients;
    mapping(uint256 agentId => mapping(address client => uint64)) internal _lastIndex;
    mapping(uint256 agentId => mapping(address client => mapping(uint64 index => Feedback))) internal
        _feedback;
    mapping(uint256 agentId => mapping(address client => mapping(uint64 index => Responses))) private
        _responses;

    /// @inheritdoc IReputationRegistry
    function appendResponse(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        string calldata responseURI,
        bytes32 responseHash
    ) external {
        require(bytes(responseURI).length != 0, "Empty URI");
        _requireIndex(agentId, clientAddress, feedbackIndex);
        Responses storage responses = _responses[agentId][clientAddress][feedbackIndex];
        if (responses.count[msg.sender]++ == 0) responses.responders.push(msg.sender);
        emit ResponseAppended(agentId, clientAddress, feedbackIndex, msg.sender, responseURI, responseHash);
    }

    /// @inheritdoc IReputationRegistry
    function getResponseCount(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        address[] calldata responders
    ) external view returns (uint64 count) {
        if (clientAddress != address(0)) {
            return _countOfClient(agentId, clientAddress, feedbackIndex, responders);
        }
        address[] storage clients = _clients[agentId];
        for (uint256 i = 0; i < clients.length; ++i) {
            count += _countOfClient(agentId, clients[i], 0, responders);
        }
    }

    /// @dev Index 0 means every entry of the client.
    function _countOfClient(uint256 agentId, address client, uint64 index, address[] calldata responders)
        private
        view
        returns (uint64 count)
    {
        if (index != 0) return _countOfEntry(_responses[agentId][client][index], responders);
        uint64 last = _lastIndex[agentId][client];
        for (uint64 i = 1; i <= last; ++i) {
            count += _countOfEntry(_responses[agentId][client][i], responders);
        }
    }

    /// @dev No responders means all of them.
    function _countOfEntry(Responses storage entry, address[] calldata responders)
        private
        view
        returns (uint64 count)
    {
        address[] memory chosen = responders;
        if (chosen.length == 0) chosen = entry.responders;
        for (uint256 i = 0; i < chosen.length; ++i) {
            count += entry.count[chosen[i]];
        }
    }

    /// @dev Indexes of a client begin at 1.
    function _requireIndex(uint256 agentId, address client, uint64 index) internal view {
        require(index > 0, "index must be > 0");
        require(index <= _lastIndex[agentId][client], "index out of bounds");
    }
}
