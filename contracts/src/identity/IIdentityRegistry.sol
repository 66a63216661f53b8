// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IIdentityRegistry
/// @notice The identity registry of ERC-8004 (version 2.0.0 of its reference), and one read beside it. An
/// agent is an ERC-721 token; its URI names its registration file.
/// @dev Trust: no owner, no upgrade. An agent's owner and the operators it approved may do anything with
/// the agent; the agent's wallet proved itself by a signature. Reverts use the reference's strings.
interface IIdentityRegistry {
    /// @notice One entry of an agent's on-chain metadata.
    /// @param metadataKey The key; "agentWallet" is reserved.
    /// @param metadataValue The value.
    struct MetadataEntry {
        string metadataKey;
        bytes metadataValue;
    }

    /// @notice An agent was registered.
    event Registered(uint256 indexed agentId, string agentURI, address indexed owner);

    /// @notice A metadata entry changed; the reserved key "agentWallet" carries the wallet's 20 bytes, or
    /// nothing when there is none.
    event MetadataSet(
        uint256 indexed agentId, string indexed indexedMetadataKey, string metadataKey, bytes metadataValue
    );

    /// @notice An agent's URI changed.
    event URIUpdated(uint256 indexed agentId, string newURI, address indexed updatedBy);

    /// @notice Registers an agent for the caller, without a URI. The caller becomes its wallet.
    /// @return agentId The new agent's id; the first is 1.
    function register() external returns (uint256 agentId);

    /// @notice Registers an agent for the caller. The caller becomes its wallet.
    /// @param agentURI Where its registration file is.
    /// @return agentId The new agent's id.
    function register(string calldata agentURI) external returns (uint256 agentId);

    /// @notice Registers an agent for the caller. The caller becomes its wallet.
    /// @param agentURI Where its registration file is.
    /// @param metadata Further entries; the reserved key reverts with "reserved key".
    /// @return agentId The new agent's id.
    function register(string calldata agentURI, MetadataEntry[] calldata metadata)
        external
        returns (uint256 agentId);

    /// @notice Changes an agent's URI; by its owner or an operator.
    /// @param agentId The agent.
    /// @param newURI The new URI.
    function setAgentURI(uint256 agentId, string calldata newURI) external;

    /// @notice Reads a metadata entry; empty if it was never set.
    /// @param agentId The agent.
    /// @param metadataKey The key; "agentWallet" gives the wallet's 20 bytes, or nothing.
    /// @return The value.
    function getMetadata(uint256 agentId, string calldata metadataKey) external view returns (bytes memory);

    /// @notice Writes a metadata entry; by the agent's owner or an operator.
    /// @param agentId The agent.
    /// @param metadataKey The key; the reserved key reverts with "reserved key".
    /// @param metadataValue The value.
    function setMetadata(uint256 agentId, string calldata metadataKey, bytes calldata metadataValue) external;

    /// @notice Makes `newWallet` the agent's wallet; by its owner or an operator, with the wallet's consent.
    /// @param agentId The agent.
    /// @param newWallet The wallet.
    /// @param deadline Until when the signature is good, five minutes ahead at most.
    /// @param signature The wallet's signature of AgentWalletSet: by its key, or else by ERC-1271.
    function setAgentWallet(uint256 agentId, address newWallet, uint256 deadline, bytes calldata signature)
        external;

    /// @notice The agent's wallet, or zero if it has none.
    /// @param agentId The agent; an unknown one has none.
    /// @return The wallet.
    function getAgentWallet(uint256 agentId) external view returns (address);

    /// @notice Takes the agent's wallet away; by its owner or an operator.
    /// @param agentId The agent.
    function unsetAgentWallet(uint256 agentId) external;

    /// @notice Whether an account may act for an agent. Reverts for an unknown agent.
    /// @param spender The account.
    /// @param agentId The agent.
    /// @return True for the owner, its operators, and the account approved for this agent.
    function isAuthorizedOrOwner(address spender, uint256 agentId) external view returns (bool);

    /// @notice The agent's wallet and its epoch in one read. Not part of ERC-8004.
    /// @dev The epoch counts how often the agent passed from one owner to another, so that whoever reads a
    /// reputation can tell one owner's record from the next one's.
    /// @param agentId The agent; an unknown one has neither wallet nor epoch.
    /// @return wallet The wallet, or zero.
    /// @return epoch Changes of owner since registration.
    function agentWalletAndEpoch(uint256 agentId) external view returns (address wallet, uint32 epoch);

    /// @notice The version of the reference that this registry follows.
    /// @return "2.0.0".
    function getVersion() external pure returns (string memory);
}
