// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Pages} from "../common/Pages.sol";
import {Tags} from "../common/Tags.sol";
import {IIdentityRegistry} from "../identity/IIdentityRegistry.sol";
import {IValidationRegistry} from "./IValidationRegistry.sol";

/// @title ValidationRegistry
/// @notice Validators' answers on agents, after ERC-8004. Immutable: no owner, no proxy.
contract ValidationRegistry is IValidationRegistry {
    using Pages for bytes32[];
    using Tags for Tags.Store;

    /// @notice The largest answer.
    uint8 public constant MAX_RESPONSE = 100;

    /// @dev Stored until the first answer, which may be 0.
    uint8 private constant _PENDING = type(uint8).max;

    IIdentityRegistry private immutable _identity;

    /// @dev All but the agent and the hash in one slot: 160 + 8 + 40 + 48 bits.
    struct Validation {
        address validator;
        uint8 response;
        uint40 lastUpdate;
        uint48 tag;
        uint256 agentId;
        bytes32 responseHash;
    }

    Tags.Store private _tags;
    mapping(bytes32 requestHash => Validation) private _validations;
    mapping(uint256 agentId => bytes32[]) private _byAgent;
    mapping(address validator => bytes32[]) private _byValidator;

    /// @notice Deploys the registry.
    /// @param identityRegistry The identity registry that says who an agent is; not zero.
    constructor(address identityRegistry) {
        require(identityRegistry != address(0), "bad identity");
        _identity = IIdentityRegistry(identityRegistry);
    }

    /// @inheritdoc IValidationRegistry
    function validationRequest(
        address validatorAddress,
        uint256 agentId,
        string calldata requestURI,
        bytes32 requestHash
    ) external {
        require(validatorAddress != address(0), "bad validator");
        Validation storage validation = _validations[requestHash];
        require(validation.validator == address(0), "exists");
        require(_identity.isAuthorizedOrOwner(msg.sender, agentId), "Not authorized");
        validation.validator = validatorAddress;
        validation.response = _PENDING;
        validation.lastUpdate = uint40(block.timestamp);
        validation.agentId = agentId;
        _byAgent[agentId].push(requestHash);
        _byValidator[validatorAddress].push(requestHash);
        emit ValidationRequest(validatorAddress, agentId, requestURI, requestHash);
    }

    /// @inheritdoc IValidationRegistry
    function validationResponse(
        bytes32 requestHash,
        uint8 response,
        string calldata responseURI,
        bytes32 responseHash,
        string calldata tag
    ) external {
        uint256 agentId = _answer(requestHash, response, responseHash, tag);
        emit ValidationResponse(msg.sender, agentId, requestHash, response, responseURI, responseHash, tag);
    }

    /// @inheritdoc IValidationRegistry
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
        )
    {
        Validation memory validation = _known(requestHash);
        if (validation.response != _PENDING) response = validation.response;
        return (
            validation.validator,
            validation.agentId,
            response,
            validation.responseHash,
            _tags.text(validation.tag),
            validation.lastUpdate
        );
    }

    /// @inheritdoc IValidationRegistry
    function getSummary(uint256 agentId, address[] calldata validatorAddresses, string calldata tag)
        external
        view
        returns (uint64 count, uint8 averageResponse)
    {
        bytes32[] storage requests = _byAgent[agentId];
        uint48 wanted = _tags.find(tag);
        uint256 sum = 0;
        for (uint256 i = 0; i < requests.length; ++i) {
            Validation storage validation = _validations[requests[i]];
            if (!_counts(validation, validatorAddresses, wanted)) continue;
            sum += validation.response;
            ++count;
        }
        // an average of numbers up to 100 is one
        // forge-lint: disable-next-line(unsafe-typecast)
        if (count != 0) averageResponse = uint8(sum / count);
    }

    /// @inheritdoc IValidationRegistry
    function getAgentValidations(uint256 agentId) external view returns (bytes32[] memory requestHashes) {
        return _byAgent[agentId];
    }

    /// @inheritdoc IValidationRegistry
    function getValidatorRequests(address validatorAddress)
        external
        view
        returns (bytes32[] memory requestHashes)
    {
        return _byValidator[validatorAddress];
    }

    /// @inheritdoc IValidationRegistry
    function getIdentityRegistry() external view returns (address) {
        return address(_identity);
    }

    /// @inheritdoc IValidationRegistry
    function getVersion() external pure returns (string memory) {
        return "2.0.0";
    }

    /// @inheritdoc IValidationRegistry
    function hasResponse(bytes32 requestHash) external view returns (bool) {
        Validation storage validation = _validations[requestHash];
        return validation.validator != address(0) && validation.response != _PENDING;
    }

    /// @inheritdoc IValidationRegistry
    function getAgentValidationsPage(uint256 agentId, uint256 offset, uint256 limit)
        external
        view
        returns (bytes32[] memory requestHashes, uint256 total)
    {
        return (_byAgent[agentId].page(offset, limit), _byAgent[agentId].length);
    }

    /// @inheritdoc IValidationRegistry
    function getValidatorRequestsPage(address validatorAddress, uint256 offset, uint256 limit)
        external
        view
        returns (bytes32[] memory requestHashes, uint256 total)
    {
        return (_byValidator[validatorAddress].page(offset, limit), _byValidator[validatorAddress].length);
    }

    /// @inheritdoc IValidationRegistry
    function requestHashOf(
        uint256 agentId,
        address validatorAddress,
        string calldata requestURI,
        bytes32 salt
    ) external pure returns (bytes32) {
        return keccak256(abi.encode(agentId, validatorAddress, requestURI, salt));
    }

    /// @dev Takes the validator's answer in place of the one before; gives the agent that it is about.
    function _answer(bytes32 requestHash, uint8 response, bytes32 responseHash, string calldata tag)
        private
        returns (uint256 agentId)
    {
        Validation storage validation = _known(requestHash);
        require(msg.sender == validation.validator, "not validator");
        require(response <= MAX_RESPONSE, "resp>100");
        validation.response = response;
        validation.lastUpdate = uint40(block.timestamp);
        validation.tag = _tags.intern(tag);
        validation.responseHash = responseHash;
        return validation.agentId;
    }

    /// @dev A request has a validator from the start.
    function _known(bytes32 requestHash) private view returns (Validation storage validation) {
        validation = _validations[requestHash];
        require(validation.validator != address(0), "unknown");
    }

    /// @dev Whether it is answered, with the tag and by one of those named; the tag 0 is any, and so is
    /// nobody named.
    function _counts(Validation storage validation, address[] calldata named, uint48 tag)
        private
        view
        returns (bool)
    {
        if (validation.response == _PENDING || (tag != 0 && tag != validation.tag)) return false;
        for (uint256 i = 0; i < named.length; ++i) {
            if (named[i] == validation.validator) return true;
        }
        return named.length == 0;
    }
}
