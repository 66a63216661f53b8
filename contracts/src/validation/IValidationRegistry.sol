// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IValidationRegistry
/// @notice The validation registry of ERC-8004 (version 2.0.0 of its reference), and reads beside it: an
/// agent asks a validator to look at its work, and the validator answers with a number from 0 to 100.
/// @dev Trust: an answer is worth what its validator is worth; anybody can be named as one, and an agent
/// may name itself. Safety: only the named validator answers, and what it answered before stays in the
/// log. Liveness: a validator may never answer. Reverts use the reference's strings.
///
/// A request hash is one key for all agents, and whoever is first has it. So a hash that others can know in
/// advance, such as that of a public payload, can be taken by another agent. {requestHashOf} binds it to
/// agent, validator and URI: taken by anybody else it is nobody's request, as its preimage tells, and
/// another salt is another hash.
interface IValidationRegistry {
    /// @notice An agent asked a validator.
    event ValidationRequest(
        address indexed validatorAddress,
        uint256 indexed agentId,
        string requestURI,
        bytes32 indexed requestHash
    );

    /// @notice A validator answered, for the first time or again. The URI is only in this log.
    event ValidationResponse(
        address indexed validatorAddress,
        uint256 indexed agentId,
        bytes32 indexed requestHash,
        uint8 response,
        string responseURI,
        bytes32 responseHash,
        string tag
    );

    /// @notice Asks a validator; by the agent's owner or an operator ("Not authorized").
    /// @param validatorAddress Who is to answer; zero reverts with "bad validator".
    /// @param agentId The agent; reverts for an unknown one.
    /// @param requestURI Where the validator finds what to look at; logged only.
    /// @param requestHash What the request is known by from now on; one that is in use reverts with "exists".
    function validationRequest(
        address validatorAddress,
        uint256 agentId,
        string calldata requestURI,
        bytes32 requestHash
    ) external;

    /// @notice Answers a request; by its validator ("not validator"), as often as it likes. The last answer
    /// counts, also where it is lower.
    /// @param requestHash The request; "unknown" if there is none.
    /// @param response 0 to 100; more reverts with "resp>100".
    /// @param responseURI Where the reasons are, may be empty; logged only.
    /// @param responseHash Hash of the reasons, may be zero.
    /// @param tag Free text, may be empty.
    function validationResponse(
        bytes32 requestHash,
        uint8 response,
        string calldata responseURI,
        bytes32 responseHash,
        string calldata tag
    ) external;

    /// @notice Where a request stands; reverts with "unknown" if there is none.
    /// @dev Until the first answer `response` is 0, as it may be afterwards: {hasResponse} tells them apart.
    /// @param requestHash The request.
    /// @return validatorAddress Who is to answer.
    /// @return agentId Who asked.
    /// @return response The last answer.
    /// @return responseHash Its hash.
    /// @return tag Its tag.
    /// @return lastUpdate Unix second of the last answer, or of the request before the first one.
    function getValidationStatus(bytes32 requestHash)
        external
        view
        returns (
            address validatorAddress,
            uint256 agentId,
            uint8 response,
            bytes32 responseHash,
            string memory tag,
            uint256 lastUpdate
        );

    /// @notice Averages the last answers that an agent was given.
    /// @dev Walks every request of the agent, which only the agent can make more of.
    /// @param agentId The agent.
    /// @param validatorAddresses Whose answers count; empty for everybody's.
    /// @param tag Only answers with this tag; empty for any.
    /// @return count How many requests were answered so.
    /// @return averageResponse Their average, rounded down; 0 of none.
    function getSummary(uint256 agentId, address[] calldata validatorAddresses, string calldata tag)
        external
        view
        returns (uint64 count, uint8 averageResponse);

    /// @notice Every request of an agent, oldest first.
    /// @param agentId The agent.
    /// @return requestHashes The requests.
    function getAgentValidations(uint256 agentId) external view returns (bytes32[] memory requestHashes);

    /// @notice Every request to a validator, oldest first.
    /// @dev Anybody who has an agent makes this list longer; {getValidatorRequestsPage} reads a part.
    /// @param validatorAddress The validator.
    /// @return requestHashes The requests.
    function getValidatorRequests(address validatorAddress)
        external
        view
        returns (bytes32[] memory requestHashes);

    /// @notice The identity registry that says who an agent is.
    /// @return Its address.
    function getIdentityRegistry() external view returns (address);

    /// @notice The version of the reference that this registry follows.
    /// @return "2.0.0".
    function getVersion() external pure returns (string memory);

    /// @notice Whether a request was answered; false for an unknown one. Not part of ERC-8004.
    /// @param requestHash The request.
    /// @return Whether there is an answer, be it 0.
    function hasResponse(bytes32 requestHash) external view returns (bool);

    /// @notice A part of {getAgentValidations}. Not part of ERC-8004.
    /// @param agentId The agent.
    /// @param offset How many requests to pass over.
    /// @param limit The most requests to give.
    /// @return requestHashes The requests, oldest first.
    /// @return total How many the agent has.
    function getAgentValidationsPage(uint256 agentId, uint256 offset, uint256 limit)
        external
        view
        returns (bytes32[] memory requestHashes, uint256 total);

    /// @notice A part of {getValidatorRequests}. Not part of ERC-8004.
    /// @param validatorAddress The validator.
    /// @param offset How many requests to pass over.
    /// @param limit The most requests to give.
    /// @return requestHashes The requests, oldest first.
    /// @return total How many the validator has.
    function getValidatorRequestsPage(address validatorAddress, uint256 offset, uint256 limit)
        external
        view
        returns (bytes32[] memory requestHashes, uint256 total);

    /// @notice A request hash that nobody else can make use of. Not part of ERC-8004, which takes any.
    /// @param agentId The agent.
    /// @param validatorAddress The validator.
    /// @param requestURI The URI.
    /// @param salt Of one's choice. Where the URI does not bind its content, the payload's keccak256, or
    /// that of the payload's keccak256 and a random word where the first hash is taken.
    /// @return keccak256(abi.encode(agentId, validatorAddress, requestURI, salt)).
    function requestHashOf(
        uint256 agentId,
        address validatorAddress,
        string calldata requestURI,
        bytes32 salt
    ) external pure returns (bytes32);
}
