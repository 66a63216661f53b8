// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IReputationRegistry
/// @notice The reputation registry of ERC-8004 (version 2.0.0 of its reference): anybody but the agent
/// itself may leave feedback on an agent, take it back, and respond to it.
/// @dev Trust: feedback proves nothing but who sent it. Safety: only its author can revoke an entry.
/// Liveness: the standard's reads walk every entry of the clients asked for, so their cost has no bound; name
/// few clients, or read by the page.
/// Reverts use the reference's strings.
interface IReputationRegistry {
    /// @notice One entry of feedback, as a page gives it.
    /// @param client Its author.
    /// @param feedbackIndex Its index, from 1.
    /// @param value The value, times 10^valueDecimals.
    /// @param valueDecimals 0 to 18.
    /// @param tag1 The first tag.
    /// @param tag2 The second tag.
    /// @param isRevoked Whether its author took it back.
    struct FeedbackEntry {
        address client;
        uint64 feedbackIndex;
        int128 value;
        uint8 valueDecimals;
        string tag1;
        string tag2;
        bool isRevoked;
    }

    /// @notice Feedback was given. Endpoint, URI and hash are only in this log.
    event NewFeedback(
        uint256 indexed agentId,
        address indexed clientAddress,
        uint64 feedbackIndex,
        int128 value,
        uint8 valueDecimals,
        string indexed indexedTag1,
        string tag1,
        string tag2,
        string endpoint,
        string feedbackURI,
        bytes32 feedbackHash
    );

    /// @notice An author took feedback back.
    event FeedbackRevoked(
        uint256 indexed agentId, address indexed clientAddress, uint64 indexed feedbackIndex
    );

    /// @notice Somebody responded to feedback.
    event ResponseAppended(
        uint256 indexed agentId,
        address indexed clientAddress,
        uint64 feedbackIndex,
        address indexed responder,
        string responseURI,
        bytes32 responseHash
    );

    /// @notice Leaves feedback on an agent. Its owner, its operators and its wallet are barred.
    /// @param agentId The agent; reverts for an unknown one.
    /// @param value The value, times 10^valueDecimals; between -1e38 and 1e38.
    /// @param valueDecimals 0 to 18.
    /// @param tag1 Free text, may be empty.
    /// @param tag2 Free text, may be empty.
    /// @param endpoint What was used; logged only.
    /// @param feedbackURI Where the details are; logged only.
    /// @param feedbackHash Hash of the details; logged only.
    function giveFeedback(
        uint256 agentId,
        int128 value,
        uint8 valueDecimals,
        string calldata tag1,
        string calldata tag2,
        string calldata endpoint,
        string calldata feedbackURI,
        bytes32 feedbackHash
    ) external;

    /// @notice Takes one's own feedback back.
    /// @param agentId The agent.
    /// @param feedbackIndex The entry, from 1.
    function revokeFeedback(uint256 agentId, uint64 feedbackIndex) external;

    /// @notice Responds to feedback; anybody may.
    /// @param agentId The agent.
    /// @param clientAddress The feedback's author.
    /// @param feedbackIndex The entry, from 1.
    /// @param responseURI Where the response is; not empty.
    /// @param responseHash Hash of the response.
    function appendResponse(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        string calldata responseURI,
        bytes32 responseHash
    ) external;

    /// @notice Averages what the named clients said and did not revoke.
    /// @param agentId The agent.
    /// @param clientAddresses Whose feedback counts; empty reverts with "clientAddresses required".
    /// @param tag1 Only entries with this tag1; empty for any.
    /// @param tag2 Only entries with this tag2; empty for any.
    /// @return count How many entries were averaged.
    /// @return summaryValue Their average, times 10^summaryValueDecimals, rounded towards zero, and held at
    /// the ends of int128 where it would not fit.
    /// @return summaryValueDecimals The decimals that most of the entries use; the fewest on a tie.
    function getSummary(
        uint256 agentId,
        address[] calldata clientAddresses,
        string calldata tag1,
        string calldata tag2
    ) external view returns (uint64 count, int128 summaryValue, uint8 summaryValueDecimals);

    /// @notice Reads one entry.
    /// @param agentId The agent.
    /// @param clientAddress The author.
    /// @param feedbackIndex The entry, from 1.
    /// @return value The value, times 10^valueDecimals.
    /// @return valueDecimals 0 to 18.
    /// @return tag1 The first tag.
    /// @return tag2 The second tag.
    /// @return isRevoked Whether its author took it back.
    function readFeedback(uint256 agentId, address clientAddress, uint64 feedbackIndex)
        external
        view
        returns (int128 value, uint8 valueDecimals, string memory tag1, string memory tag2, bool isRevoked);

    /// @notice Reads many entries, in the order of clients and indexes.
    /// @param agentId The agent.
    /// @param clientAddresses Whose feedback; empty for everybody's.
    /// @param tag1 Only entries with this tag1; empty for any.
    /// @param tag2 Only entries with this tag2; empty for any.
    /// @param includeRevoked Whether revoked entries are given too.
    /// @return clients The authors.
    /// @return feedbackIndexes The indexes, from 1.
    /// @return values The values.
    /// @return valueDecimals Their decimals.
    /// @return tag1s The first tags.
    /// @return tag2s The second tags.
    /// @return revokedStatuses Whether each is revoked.
    function readAllFeedback(
        uint256 agentId,
        address[] calldata clientAddresses,
        string calldata tag1,
        string calldata tag2,
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
        );

    /// @notice Counts responses.
    /// @param agentId The agent.
    /// @param clientAddress The feedback's author; zero for all.
    /// @param feedbackIndex The entry; 0 for all of that author's.
    /// @param responders Whose responses; empty for everybody's.
    /// @return count The number.
    function getResponseCount(
        uint256 agentId,
        address clientAddress,
        uint64 feedbackIndex,
        address[] calldata responders
    ) external view returns (uint64 count);

    /// @notice Who ever gave feedback on an agent, in order of their first entry.
    /// @param agentId The agent.
    /// @return The clients.
    function getClients(uint256 agentId) external view returns (address[] memory);

    /// @notice The index of a client's last entry; 0 if it has none.
    /// @param agentId The agent.
    /// @param clientAddress The client.
    /// @return The index.
    function getLastIndex(uint256 agentId, address clientAddress) external view returns (uint64);

    /// @notice The identity registry that says who an agent is.
    /// @return Its address.
    function getIdentityRegistry() external view returns (address);

    /// @notice The version of the reference that this registry follows.
    /// @return "2.0.0".
    function getVersion() external pure returns (string memory);

    /// @notice A part of {getClients}. Not part of ERC-8004.
    /// @param agentId The agent.
    /// @param offset How many clients to pass over.
    /// @param limit The most clients to give.
    /// @return clients The clients, in order of their first entry.
    /// @return total How many there are.
    function getClientsPage(uint256 agentId, uint256 offset, uint256 limit)
        external
        view
        returns (address[] memory clients, uint256 total);

    /// @notice A part of what {readAllFeedback} gives of all clients, in the same order. Not part of ERC-8004.
    /// @dev Pages read at different blocks leave out what a client that was passed has added since.
    /// @param agentId The agent.
    /// @param tag1 Only entries with this tag1; empty for any.
    /// @param tag2 Only entries with this tag2; empty for any.
    /// @param includeRevoked Whether revoked entries are given too.
    /// @param cursor 0 for the first page, then what the page before named as `next`.
    /// @param limit How many entries to read, whether they are given or not: 1 to 1,000, and more reads
    /// 1,000; 0 reverts with "limit required".
    /// @return entries Those that the filters leave; there may be none on a page that is not the last.
    /// @return next The next page's cursor; 0 after the last page.
    function readFeedbackPage(
        uint256 agentId,
        string calldata tag1,
        string calldata tag2,
        bool includeRevoked,
        uint256 cursor,
        uint256 limit
    ) external view returns (FeedbackEntry[] memory entries, uint256 next);
}
