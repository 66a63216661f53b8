// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pages} from "../common/Pages.sol";
import {Tags} from "../common/Tags.sol";
import {FeedbackStore} from "./FeedbackStore.sol";
import {FeedbackSummary} from "./FeedbackSummary.sol";
import {IReputationRegistry} from "./IReputationRegistry.sol";

/// @title FeedbackReads
/// @notice What can be asked of ERC-8004 feedback, as a whole and by the page.
abstract contract FeedbackReads is FeedbackStore {
    using FeedbackSummary for FeedbackSummary.Sum;
    using Pages for address[];
    using Tags for Tags.Store;

    /// @notice The most entries that one page of feedback reads.
    uint256 public constant MAX_PAGE = 1000;

    uint256 private constant _INDEX_BITS = 64;

    /// @dev What a read looks for; a tag of 0 is any.
    struct Filter {
        uint48 tag1;
        uint48 tag2;
        bool includeRevoked;
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
    function getClientsPage(uint256 agentId, uint256 offset, uint256 limit)
        external
        view
        returns (address[] memory clients, uint256 total)
    {
        return (_clients[agentId].page(offset, limit), _clients[agentId].length);
    }

    /// @inheritdoc IReputationRegistry
    function readFeedbackPage(
        uint256 agentId,
        string calldata tag1,
        string calldata tag2,
        bool includeRevoked,
        uint256 cursor,
        uint256 limit
    ) external view returns (FeedbackEntry[] memory entries, uint256 next) {
        require(limit != 0, "limit required");
        Filter memory filter = Filter(_tags.find(tag1), _tags.find(tag2), includeRevoked);
        return _page(agentId, filter, cursor, limit < MAX_PAGE ? limit : MAX_PAGE);
    }

    /// @inheritdoc IReputationRegistry
    function getClients(uint256 agentId) external view returns (address[] memory) {
        return _clients[agentId];
    }

    /// @inheritdoc IReputationRegistry
    function getLastIndex(uint256 agentId, address clientAddress) external view returns (uint64) {
        return _lastIndex[agentId][clientAddress];
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

    /// @dev Entries that the filter leaves out are counted as read, so that the limit bounds the cost.
    function _page(uint256 agentId, Filter memory filter, uint256 cursor, uint256 limit)
        private
        view
        returns (FeedbackEntry[] memory entries, uint256 next)
    {
        entries = new FeedbackEntry[](limit);
        uint256 found = 0;
        next = cursor;
        for (uint256 read = 0; read < limit; ++read) {
            address client;
            uint64 index;
            (client, index, next) = _step(agentId, next);
            if (index != 0 && _matches(_feedback[agentId][client][index], filter)) {
                entries[found++] = _entry(agentId, client, index);
            }
            if (next == 0) break;
        }
        assembly ("memory-safe") {
            mstore(entries, found)
        }
    }

    /// @dev The entry after a cursor, which is a client's position and in 64 bits the index of its entry
    /// that was read last. Index 0 is none; `next` is 0 at the end. A cursor may be a stranger's.
    function _step(uint256 agentId, uint256 cursor)
        private
        view
        returns (address client, uint64 index, uint256 next)
    {
        address[] storage clients = _clients[agentId];
        uint256 position = cursor >> _INDEX_BITS;
        if (position >= clients.length) return (address(0), 0, 0);
        client = clients[position];
        uint64 last = _lastIndex[agentId][client];
        // the upper bits are the position
        // forge-lint: disable-next-line(unsafe-typecast)
        if (uint64(cursor) < last) index = uint64(cursor) + 1;
        if (index != 0 && index < last) next = cursor + 1;
        else if (position + 1 < clients.length) next = (position + 1) << _INDEX_BITS;
    }

    /// @dev {_read} as one value.
    function _entry(uint256 agentId, address client, uint64 index)
        private
        view
        returns (FeedbackEntry memory entry)
    {
        (entry.client, entry.feedbackIndex) = (client, index);
        (entry.value, entry.valueDecimals, entry.tag1, entry.tag2, entry.isRevoked) =
            _read(agentId, client, index);
    }
}
